package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events that lead to nothing: no write, no claim, no model call. */
@ExtendWith(LeavesNoTrace.class)
final class NothingToDoIT {
  private static final String STEP = "report";

  private final Stack stack = SharedStack.BY_HAND.get();

  /** A state of a run, and what the dispatcher tells about an event that leads to it. */
  record State(String what, Consumer<RunBuilder> make, List<String> told) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<State> states() {
    return Stream.of(
        noop("a pending run", run -> run.set("PENDING", "status"), "run_not_running"),
        noop("a run that has ended", run -> run.set("SUCCEEDED", "status"), "run_not_running"),
        noop("a cancelled run", run -> run.set("CANCELLED", "status"), "run_not_running"),
        noop("a pending step", run -> status(run, "PENDING"), "no_ready_step"),
        noop("a step that succeeded", run -> status(run, "SUCCEEDED"), "no_ready_step"),
        noop("a step that failed", run -> status(run, "FAILED"), "no_ready_step"),
        noop(
            "a dependency that runs",
            run -> run.set("RUNNING", "steps", "candles_report", "status"),
            "dependency_not_succeeded"),
        noop(
            "a dependency that was left out",
            run -> run.set("SKIPPED", "steps", "charts_report", "status"),
            "dependency_not_succeeded"),
        noop(
            "a step of another type",
            run -> run.set("OHLCV_EXPORT", "steps", STEP, "stepType"),
            "no_ready_step"),
        new State(
            "steps that are no map",
            run -> run.set(List.of(1), "steps"),
            List.of(
                "cloud_event_received",
                "cloud_event_ignored flow_run_invalid",
                "cloud_event_finished noop")));
  }

  @ParameterizedTest
  @MethodSource("states")
  void event_changesNothing(State state) {
    var run = RunBuilder.run("noop").report(STEP);
    state.make().accept(run);
    stack.create(run);
    var before = stack.run(run);

    assertThat(stack.changed(run).postTo(stack.dispatcher().endpoint())).isEqualTo(204);

    Story.of(stack, run).dispatcher(state.told().toArray(String[]::new));
    assertThat(stack.run(run)).isEqualTo(before);
    assertThat(stack.lease(run, STEP)).isEmpty();
    assertThat(stack.claims()).noneMatch(claim -> claim.runId().equals(run.id()));
    assertThat(stack.modelCalls(run, STEP)).isZero();
  }

  @Test
  void event_isIgnored_whenThereIsNoSuchRun() {
    var run = RunBuilder.run("nobody").report(STEP);

    assertThat(stack.changed(run).postTo(stack.dispatcher().endpoint())).isEqualTo(204);

    Story.of(stack, run)
        .dispatcher(
            "cloud_event_received",
            "cloud_event_parsed",
            "cloud_event_ignored flow_run_not_found",
            "cloud_event_finished noop");
    assertThat(stack.lease(run, STEP)).isEmpty();
  }

  @Test
  void event_isIgnored_whenItIsOfAnotherKind() {
    var run = RunBuilder.run("deleted").report(STEP);
    stack.create(run);
    var event = stack.changed(run).withType("google.cloud.firestore.document.v1.deleted");

    assertThat(event.postTo(stack.dispatcher().endpoint())).isEqualTo(204);

    stack.dispatcher().awaitLine("the event's end", line -> isEndOf(event, line));
    assertThat(ignored(event)).isEqualTo("event_type_filtered");
    assertThat(stack.run(run).step(STEP).status()).isEqualTo("READY");
  }

  @Test
  void event_isIgnored_whenItIsAboutAnotherCollection() {
    var event = ChangeEvent.of("other_collection", "some_run");

    assertThat(event.postTo(stack.dispatcher().endpoint())).isEqualTo(204);

    stack.dispatcher().awaitLine("the event's end", line -> isEndOf(event, line));
    assertThat(ignored(event)).isEqualTo("invalid_subject");
  }

  private String ignored(ChangeEvent event) {
    return stack
        .dispatcher()
        .awaitLine(
            "the event",
            line ->
                line.event().equals("cloud_event_ignored")
                    && line.text("eventId").equals(event.id()))
        .text("reason");
  }

  private static boolean isEndOf(ChangeEvent event, LogLine line) {
    return line.event().equals("cloud_event_finished") && line.text("eventId").equals(event.id());
  }

  private static State noop(String what, Consumer<RunBuilder> make, String reason) {
    return new State(
        what,
        make,
        List.of(
            "cloud_event_received",
            "cloud_event_parsed",
            "cloud_event_noop " + reason,
            "cloud_event_finished noop"));
  }

  private static void status(RunBuilder run, String status) {
    run.set(status, "steps", STEP, "status");
  }
}
