package io.tda.worker.chaos;

import static io.tda.worker.chaos.Wire.Way.ANSWERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.e2e.Awaiting;
import io.tda.worker.e2e.RunBuilder;
import io.tda.worker.e2e.ServiceApp;
import io.tda.worker.e2e.Signal;
import io.tda.worker.emulator.storage.StorageCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One blow at a time, at a place that is known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChaosIT {
  private static final Duration LEASE = Duration.ofSeconds(Integer.getInteger("chaos.lease", 9));

  /**
   * With {@code -Dchaos.production=true}, and {@code -Dchaos.lease=60}, times are as in production.
   */
  private static final Backoff BACKOFF =
      Boolean.getBoolean("chaos.production") ? Backoff.PRODUCTION : Backoff.QUICK;

  /** How many model calls one process dies in. */
  private static final int DEATHS_IN_CALLS = Integer.getInteger("chaos.deaths", 2);

  /** What a machine with better things to do may add to the three requests of a takeover. */
  private static final Duration BUSY_MACHINE = Duration.ofSeconds(3);

  /** How long a step may be without an executor. */
  private static final Duration TAKEOVER = LEASE.plus(BACKOFF.stepAt(LEASE)).plus(BUSY_MACHINE);

  /** What one process dies at, all at once; the later ones hold what the earlier ones have used. */
  private static final List<List<Stage>> DEATHS =
      List.of(
          List.of(Stage.AFTER_PUBLISH, Stage.AFTER_CLAIM),
          Stream.concat(
                  Stream.generate(() -> Stage.DURING_MODEL_CALL).limit(DEATHS_IN_CALLS),
                  Stream.of(Stage.AFTER_ACQUIRE))
              .toList(),
          List.of(Stage.AFTER_OBJECT_WRITTEN),
          List.of(Stage.BEFORE_FINALIZE),
          List.of(Stage.AFTER_FINALIZE));

  private final Chaos chaos = Chaos.start("chaos", LEASE, BACKOFF);
  private final Verdict verdict = new Verdict(chaos);

  @AfterAll
  void close() {
    chaos.close();
  }

  private record Scene(Stage stage, RunBuilder run) {}

  @Test
  void aStepEndsOnce_whereverItsProcessIsKilled() {
    var victims = DEATHS.stream().map(stages -> victim(stages.getFirst().app())).toList();
    warmUp(victims);

    var scenes = new ArrayList<Scene>();
    for (int i = 0; i < victims.size(); i++) {
      scenes.addAll(kill(victims.get(i), DEATHS.get(i)));
    }

    var runs = scenes.stream().map(Scene::run).toList();
    chaos.awaitEnds(runs);
    for (var scene : scenes) {
      assertThat(chaos.status(scene.run())).as("%s", scene.stage()).isEqualTo("SUCCEEDED");
      assertThat(chaos.modelCalls(scene.run()))
          .as("model calls, killed %s", scene.stage())
          .isEqualTo(scene.stage().modelCalls());
    }
    report(scenes);
    assertThat(verdict.violations(runs)).isEmpty();
    assertThat(scenes)
        .allSatisfy(
            scene -> assertThat(takeovers(scene)).allMatch(it -> it.compareTo(TAKEOVER) < 0));
  }

  private void report(List<Scene> scenes) {
    var report = new ChaosReport().with("lease s", LEASE.toSeconds());
    report.with("limit, ms", LEASE.plus(BACKOFF.stepAt(LEASE)).toMillis());
    for (var stage : Stage.values()) {
      var there = scenes.stream().filter(scene -> scene.stage() == stage).toList();
      report.with(stage + ", killed", there.size());
      report.with(
          stage + ", model calls a step, most",
          there.stream().mapToLong(it -> chaos.modelCalls(it.run())).max().orElse(0));
      report.withTimes(
          stage + ", takeover", there.stream().flatMap(it -> takeovers(it).stream()).toList());
    }
    report.publish("stages");
  }

  private List<Duration> takeovers(Scene scene) {
    return verdict.takeovers(scene.run(), Signal.KILL).toList();
  }

  private List<Scene> kill(Member victim, List<Stage> stages) {
    var scenes = stages.stream().map(ChaosIT::scene).toList();
    for (var scene : scenes) {
      chaos.fleet().route(scene.run(), victim);
      scene.stage().reach(chaos, victim, scene.run());
    }
    victim.strike(Signal.KILL);
    return scenes;
  }

  @Test
  void aStepGoesToAnother_asSoonAsItsExecutorIsToldToEnd() {
    var victim = victim(ServiceApp.EXECUTOR);
    warmUp(List.of(victim));
    var run = Chaos.run("term");
    chaos.fleet().route(run, victim);
    Stage.callModel(chaos, victim, run);

    victim.strike(Signal.TERM);

    chaos.awaitEnds(List.of(run));
    assertThat(victim.process().awaitEnd(Awaiting.PATIENCE)).hasValue(143);
    var takeovers = verdict.takeovers(run, Signal.TERM).toList();
    new ChaosReport()
        .withTimes("DURING_MODEL_CALL, SIGTERM, takeover", takeovers)
        .publish("sigterm");
    assertThat(takeovers)
        .singleElement()
        .satisfies(it -> assertThat(it).isLessThan(Duration.ofSeconds(15)));
    victim.awaitLine(run, "lease_released");
    assertThat(chaos.modelCalls(run)).isEqualTo(2);
    assertThat(verdict.violations(List.of(run))).isEmpty();
  }

  /**
   * A process stands still in the middle of three model calls. The answers come, but it cannot see
   * them. When it wakes up, one step has ended; one is at work elsewhere with the same claim, for
   * it was delivered again; one with a new claim, for the sweep had it.
   */
  @Test
  void aZombieWritesNothing_whenItWakesUpWithTheModelsAnswers() {
    var zombie = victim(ServiceApp.EXECUTOR);
    warmUp(List.of(zombie));
    var ended = atTheModel("ended", zombie);
    var delivered = atTheModel("delivered", zombie);
    var swept = atTheModel("swept", zombie);
    zombie.strike(Signal.STOP);
    zombie.wires().model().pass(ANSWERS);

    chaos.deliveries().again(ended);
    chaos.awaitEnds(List.of(ended));
    chaos.survivor().wires().model().hold(ANSWERS);
    chaos.deliveries().again(delivered);
    Awaiting.until("the second model call", () -> chaos.modelCalls(delivered) == 2);
    chaos.sweep();
    Awaiting.until("the sweep to help", () -> chaos.modelCalls(swept) == 2);

    var runs = List.of(ended, delivered, swept);
    var before = runs.stream().map(this::written).toList();
    zombie.thaw();
    runs.forEach(run -> zombie.awaitLine(run, "push_finished"));

    assertThat(runs.stream().map(this::written).toList()).isEqualTo(before);
    chaos.survivor().wires().model().pass(ANSWERS);
    chaos.awaitEnds(runs);
    assertThat(runs).allSatisfy(run -> assertThat(chaos.modelCalls(run)).isEqualTo(2));
    assertThat(verdict.violations(runs)).isEmpty();
  }

  private RunBuilder atTheModel(String name, Member member) {
    var run = Chaos.run(name);
    chaos.fleet().route(run, member);
    Stage.callModel(chaos, member, run);
    return run;
  }

  /** What a zombie could have changed. */
  private record Written(
      Instant run, Optional<Object> claim, Optional<Object> executor, long report, int uploads) {}

  private Written written(RunBuilder run) {
    var lease = chaos.stack().lease(run, Chaos.STEP);
    return new Written(
        chaos.stack().run(run).updateTime(),
        lease.map(it -> it.get("claimId")),
        lease.map(it -> it.get("executorId")),
        chaos.stack().report(run, Chaos.STEP).map(it -> it.generation()).orElse(0L),
        chaos.platform().storage().faults().calls(StorageCall.UPLOAD));
  }

  private static Scene scene(Stage stage) {
    var name = stage.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Scene(stage, Chaos.run(name));
  }

  /** Gets no requests but those that are meant for it. */
  private Member victim(ServiceApp app) {
    return chaos.fleet().reserve(chaos.fleet().launch(app));
  }

  /** Lets each end a step, so that its connections are there when they are held. */
  private void warmUp(List<Member> members) {
    var runs = new ArrayList<RunBuilder>();
    for (var member : members) {
      chaos.fleet().awaitReady(member);
      var run = Chaos.run("warm");
      chaos.fleet().route(run, member);
      runs.add(chaos.begin(run));
    }
    chaos.awaitEnds(runs);
  }
}
