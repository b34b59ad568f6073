package io.tda.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.e2e.RunBuilder;
import io.tda.worker.e2e.ServiceApp;
import io.tda.worker.e2e.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Many blows under load, at places that nobody knows. What is done is decided by {@code
 * -Dchaos.seed}, for how long by {@code -Dchaos.seconds}; when it meets which process is the
 * machine's own chance.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChaosLoadIT {
  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("chaos.seconds", 8));
  private static final Duration LEASE = Duration.ofSeconds(9);
  private static final Duration PACE = Duration.ofMillis(500);
  private static final int RUNS_A_BLOW = 8;
  private static final double CUTS = 0.01;

  private final Chaos chaos = Chaos.start("load", LEASE, Backoff.QUICK);
  private final Verdict verdict = new Verdict(chaos);
  private final Random random = new Random(SEED);
  private final Map<Signal, Integer> blows = new TreeMap<>();
  private final List<Member> frozen = new ArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterAll
  void close() {
    chaos.close();
  }

  /** Nobody dies here: no lost answer may cost a second model call. */
  @Test
  void noModelIsPaidTwice_whenConnectionsBreak() {
    cutConnections(chaos.survivor().wires());

    var runs = load(() -> {});

    healed();
    chaos.awaitEnds(runs);
    report("cuts", runs);
    assertThat(verdict.violations(runs)).isEmpty();
  }

  @Test
  void everyStepEndsOnce_whateverIsDoneToTheProcesses() {
    var others =
        List.of(
            chaos.fleet().launch(ServiceApp.EXECUTOR),
            chaos.fleet().launch(ServiceApp.EXECUTOR),
            chaos.fleet().launch(ServiceApp.DISPATCHER));
    others.forEach(chaos.fleet()::awaitReady);
    others.forEach(member -> cutConnections(member.wires()));

    var runs = load(this::blow);

    healed();
    chaos.awaitEnds(runs);
    report("blows", runs);
    assertThat(verdict.violations(runs)).isEmpty();
  }

  /** Begins runs at an even pace, and does something to the fleet every few of them. */
  private List<RunBuilder> load(Runnable blow) {
    chaos.platform().model().latency(PACE);
    var runs = new ArrayList<RunBuilder>();
    for (long i = TIME.dividedBy(PACE); i > 0; i--) {
      runs.add(chaos.begin(Chaos.run("load")));
      pause();
      if (i % RUNS_A_BLOW == 0) {
        blow.run();
      }
      if (i % 4 == 0) {
        chaos.sweep();
      }
    }
    return runs;
  }

  private void pause() {
    try {
      never.await(PACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Strikes one that may be struck, and starts another in its place. */
  private void blow() {
    var signals = List.of(Signal.KILL, Signal.KILL, Signal.TERM, Signal.STOP);
    var signal = signals.get(random.nextInt(signals.size()));
    var victims =
        chaos.fleet().members().stream()
            .filter(it -> it.isSound() && it.endpoint().isPresent() && !isSurvivor(it))
            .toList();
    if (victims.isEmpty()) {
      return;
    }
    var victim = victims.get(random.nextInt(victims.size()));
    victim.strike(signal);
    blows.merge(signal, 1, Integer::sum);
    if (signal == Signal.STOP) {
      frozen.add(victim);
    }
    cutConnections(chaos.fleet().launch(victim.process().app()).wires());
  }

  private boolean isSurvivor(Member member) {
    return member.wires() == chaos.survivor().wires();
  }

  /** The model's wire stays whole: a cut there is a failed call, which may be made again. */
  private void cutConnections(Wires wires) {
    for (var wire : List.of(wires.firestore(), wires.pubsub(), wires.storage())) {
      wire.disturb(new WireFaults(CUTS, CUTS, new Random(random.nextLong())));
    }
  }

  private void healed() {
    for (var member : chaos.fleet().members()) {
      member.wires().all().forEach(wire -> wire.disturb(WireFaults.NONE));
    }
    frozen.forEach(Member::thaw);
    chaos.sweep();
  }

  private void report(String name, List<RunBuilder> runs) {
    var calls = runs.stream().mapToLong(chaos::modelCalls).summaryStatistics();
    var report =
        new ChaosReport()
            .with("seed", SEED)
            .with("lease s", LEASE.toSeconds())
            .with("steps", runs.size())
            .with("succeeded", runs.stream().filter(this::hasSucceeded).count())
            .with("model calls", calls.getSum())
            .with("model calls a step, most", calls.getMax())
            .with("duplicate model calls", calls.getSum() - runs.size())
            .with("connections cut", cuts());
    blows.forEach((signal, times) -> report.with("sent " + signal, times));
    for (var signal : blows.keySet()) {
      report.with(
          "takeover after " + signal,
          runs.stream().flatMap(run -> verdict.takeovers(run, signal)).toList());
    }
    report.with("violations", verdict.violations(runs).size()).publish(name);
  }

  private boolean hasSucceeded(RunBuilder run) {
    return chaos.status(run).equals("SUCCEEDED");
  }

  private int cuts() {
    return chaos.fleet().members().stream()
        .map(Member::wires)
        .distinct()
        .flatMap(wires -> wires.all().stream())
        .mapToInt(Wire::cuts)
        .sum();
  }
}
