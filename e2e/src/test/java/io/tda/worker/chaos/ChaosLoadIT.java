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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Many blows under load, at places that nobody knows. What is done is decided by {@code
 * -Dchaos.seed}, for how long by {@code -Dchaos.seconds}; which work it meets is the machine's own
 * chance.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChaosLoadIT {
  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("chaos.seconds", 6));
  private static final Duration LEASE = Duration.ofSeconds(9);
  private static final Duration SIGTERM_TAKEOVER = Duration.ofSeconds(15);

  /** A run each so often, and the model thinks for eight of them. */
  private static final Duration PACE = Duration.ofMillis(250);

  private static final Duration MODEL = PACE.multipliedBy(8);
  private static final int RUNS_A_BLOW = 8;
  private static final double CUTS = 0.01;

  private final Chaos chaos = Chaos.start("load", LEASE, Backoff.QUICK);
  private final Verdict verdict = new Verdict(chaos);
  private final Blows blows = new Blows(chaos, new Random(SEED), CUTS);
  private final Outages outages = new Outages(chaos);
  private final CountDownLatch never = new CountDownLatch(1);
  private int cutsBefore;

  @AfterAll
  void close() {
    chaos.close();
  }

  /** Nobody dies here: no lost answer may cost a second model call. */
  @Test
  void noModelIsPaidTwice_whenConnectionsBreakAndNeighboursGoAway() {
    blows.cut(chaos.survivor().wires());

    var runs = load(outages::next);
    outages.end();
    blows.heal();
    chaos.settle(runs);

    var report = report(runs);
    outages.counts().forEach(report::with);
    report.publish("cuts");
    assertThat(verdict.violations(runs)).isEmpty();
    assertThat(runs).allSatisfy(run -> assertThat(chaos.modelCalls(run)).isEqualTo(1));
  }

  @Test
  void everyStepEndsOnce_whateverIsDoneToTheProcesses() {
    var others =
        Stream.of(ServiceApp.EXECUTOR, ServiceApp.EXECUTOR, ServiceApp.DISPATCHER)
            .map(blows::launch)
            .toList();
    others.forEach(chaos.fleet()::awaitReady);

    var runs =
        load(() -> {
          chaos.sweep();
          blows.next();
        });
    blows.heal();
    chaos.settle(runs);
    blows.thaw();

    var report = report(runs);
    blows.counts().forEach((signal, times) -> report.with("sent SIG" + signal, times));
    for (var signal : blows.counts().keySet()) {
      report.withTimes("takeover after SIG" + signal, takeovers(runs, signal));
    }
    report.publish("blows");
    assertThat(verdict.violations(runs)).isEmpty();
    assertThat(takeovers(runs, Signal.TERM)).allMatch(it -> it.compareTo(SIGTERM_TAKEOVER) < 0);
  }

  /** Begins runs at an even pace, and does something every few of them. */
  private List<RunBuilder> load(Runnable blow) {
    chaos.platform().model().latency(MODEL);
    cutsBefore = cuts();
    var runs = new ArrayList<RunBuilder>();
    for (long i = TIME.dividedBy(PACE); i > 0; i--) {
      runs.add(chaos.begin(Chaos.run("load")));
      pause();
      if (i % RUNS_A_BLOW == 0) {
        blow.run();
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

  private List<Duration> takeovers(List<RunBuilder> runs, Signal signal) {
    return runs.stream().flatMap(run -> verdict.takeovers(run, signal)).toList();
  }

  private ChaosReport report(List<RunBuilder> runs) {
    var calls = runs.stream().mapToLong(chaos::modelCalls).summaryStatistics();
    return new ChaosReport()
        .with("seed", SEED)
        .with("lease s", LEASE.toSeconds())
        .with("steps", runs.size())
        .with("succeeded", runs.stream().filter(this::hasSucceeded).count())
        .with("failed, by code", failures(runs))
        .with("stuck", runs.stream().filter(run -> !chaos.hasEnded(run)).count())
        .with("model calls", calls.getSum())
        .with("model calls a step, mean", calls.getAverage())
        .with("model calls a step, most", calls.getMax())
        .with("duplicate model calls", calls.getSum() - runs.size())
        .with("interruptions", runs.stream().mapToLong(verdict::interruptions).sum())
        .with("zombies' writes", runs.stream().mapToLong(verdict::zombieWrites).sum())
        .with("connections cut", cuts() - cutsBefore)
        .with("violations", verdict.violations(runs).size());
  }

  /** How many steps ended with which error code. */
  private Map<String, Long> failures(List<RunBuilder> runs) {
    return runs.stream()
        .filter(run -> chaos.status(run).equals("FAILED"))
        .collect(Collectors.groupingBy(chaos::errorCode, TreeMap::new, Collectors.counting()));
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
