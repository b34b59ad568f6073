package io.tda.worker.dispatcher;

import static io.tda.worker.dispatcher.DispatcherFixture.event;
import static io.tda.worker.dispatcher.DispatcherFixture.ready;
import static io.tda.worker.dispatcher.DispatcherFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.id.StepId;
import io.tda.worker.log.IngressEvent.CloudEventFinished;
import io.tda.worker.log.IngressEvent.CloudEventIgnored;
import io.tda.worker.log.IngressEvent.CloudEventNoop;
import io.tda.worker.log.IngressEvent.CloudEventNoop.Reason;
import io.tda.worker.log.RecordingEventLogger;
import io.tda.worker.log.Severity;
import io.tda.worker.store.Document;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FlowRunEventHandlerTest {
  private static final String CANARY = "CANARY-PROMPT-PHRASE";

  private final DispatcherFixture fixture = new DispatcherFixture();

  static Stream<Arguments> nothingToDo() {
    return Stream.of(
        Arguments.of("SUCCEEDED", Map.of("a", ready()), Reason.RUN_NOT_RUNNING),
        Arguments.of("CANCELLED", Map.of("a", ready()), Reason.RUN_NOT_RUNNING),
        Arguments.of("RUNNING", Map.of(), Reason.NO_READY_STEP),
        Arguments.of("RUNNING", Map.of("a", step("PENDING")), Reason.NO_READY_STEP),
        Arguments.of("RUNNING", Map.of("a", step("SUCCEEDED")), Reason.NO_READY_STEP),
        Arguments.of(
            "RUNNING",
            Map.of("a", ready("b"), "b", step("SKIPPED")),
            Reason.DEPENDENCY_NOT_SUCCEEDED));
  }

  @ParameterizedTest
  @MethodSource("nothingToDo")
  void handle_makesNoCall_whenTheEventItselfShowsNothingToDo(
      String status, Map<String, Object> steps) {
    var snapshot = fixture.putRun(status, steps);

    assertThat(fixture.handler().handle(event("e1", snapshot)))
        .isEqualTo(new EventOutcome.Noop(Reason.PREFILTERED));
    assertThat(fixture.store.reads()).isZero();
    assertThat(fixture.store.commits()).isEmpty();
    assertThat(fixture.log.names())
        .containsExactly("cloud_event_received", "cloud_event_noop", "cloud_event_finished");
  }

  @ParameterizedTest
  @MethodSource("nothingToDo")
  void handle_readsOnceAndSaysWhy_whenTheEventShowsNothing(
      String status, Map<String, Object> steps, Reason reason) {
    fixture.putRun(status, steps);

    assertThat(fixture.handler().handle(event("e1", null)))
        .isEqualTo(new EventOutcome.Noop(reason));
    assertThat(fixture.store.reads()).isEqualTo(1);
    assertThat(fixture.store.commits()).isEmpty();
    assertThat(fixture.log.events(CloudEventNoop.class))
        .containsExactly(new CloudEventNoop(reason));
    assertThat(fixture.log.names())
        .containsExactly(
            "cloud_event_received",
            "cloud_event_parsed",
            "cloud_event_noop",
            "cloud_event_finished");
  }

  @Test
  void handle_claimsFromTheEventItself_withOneCommitAndNoRead() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready(), "b", ready()));

    var outcome = fixture.handler().handle(event("e1", snapshot));

    assertThat(outcome).isEqualTo(new EventOutcome.Dispatched(fixture.published.claims()));
    assertThat(fixture.store.reads()).isZero();
    assertThat(fixture.store.commits()).hasSize(1);
    assertThat(fixture.status("a")).isEqualTo("RUNNING");
    assertThat(fixture.status("b")).isEqualTo("READY");
    assertThat(fixture.log.names())
        .containsExactly(
            "cloud_event_received",
            "cloud_event_parsed",
            "ready_step_selected",
            "claim_attempt",
            "step_claimed_published",
            "cloud_event_finished");
  }

  @Test
  void handle_publishesWhatTheLeaseSays_andTheTraceGoesAlong() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready()));

    fixture.handler().handle(event("e1", snapshot));

    var sent = fixture.published.sent().getFirst();
    assertThat(fixture.lease("a").orElseThrow().value().claim()).isEqualTo(sent.message().claim());
    assertThat(sent.message().claim().eventId()).isEqualTo("e1");
    assertThat(sent.message().timeframe()).isEqualTo("1w");
    assertThat(sent.traceparent()).isEqualTo(FirestoreEvents.TRACEPARENT);
  }

  @Test
  void handle_claimsAsManyAsItMay_inOneCommit() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready(), "b", ready(), "c", ready()));

    fixture.handler(2).handle(event("e1", snapshot));

    assertThat(fixture.store.commits()).hasSize(1);
    assertThat(fixture.published.claims())
        .extracting(claim -> claim.step().stepId())
        .containsExactly(new StepId("a"), new StepId("b"));
    assertThat(fixture.status("c")).isEqualTo("READY");
  }

  @Test
  void handle_saysWhatItsLinesAreAbout() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready()));

    fixture.handler().handle(event("e1", snapshot));

    assertThat(fixture.log.entries())
        .extracting(RecordingEventLogger.Entry::context)
        .allSatisfy(context -> {
          assertThat(context.eventId()).isEqualTo("e1");
          assertThat(context.runId()).isEqualTo(DispatcherFixture.RUN);
          assertThat(context.labels().traceparent()).isEqualTo(FirestoreEvents.TRACEPARENT);
        });
    var published = fixture.log.entries().get(4).context();
    assertThat(published.stepId()).isEqualTo(new StepId("a"));
    assertThat(published.claimId()).isEqualTo(fixture.published.claims().getFirst().id());
    assertThat(published.labels().symbol()).isEqualTo("LINKUSDT");
  }

  @Test
  void handle_ignoresARunThatIsNotThere() {
    assertThat(fixture.handler().handle(event("e1", null)))
        .isEqualTo(
            new EventOutcome.Ignored(CloudEventIgnored.Reason.FLOW_RUN_NOT_FOUND, List.of()));
    assertThat(fixture.log.names())
        .containsExactly(
            "cloud_event_received",
            "cloud_event_parsed",
            "cloud_event_ignored",
            "cloud_event_finished");
  }

  @Test
  void handle_reportsABrokenRun_andWritesNothing() {
    var snapshot = fixture.put(Map.of("status", CANARY, "steps", Map.of("a.b", ready())));

    var outcome = fixture.handler().handle(event("e1", snapshot));

    assertThat(outcome).isInstanceOf(EventOutcome.Ignored.class);
    var ignored = fixture.log.events(CloudEventIgnored.class).getFirst();
    assertThat(ignored.reason()).isEqualTo(CloudEventIgnored.Reason.FLOW_RUN_INVALID);
    assertThat(ignored.severity()).isEqualTo(Severity.ERROR);
    assertThat(ignored.violations()).hasSize(2);
    assertThat(fixture.store.commits()).isEmpty();
  }

  @Test
  void handle_trustsTheDatabaseMoreThanABrokenEvent() {
    var stored = fixture.putRun("RUNNING", Map.of("a", ready()));
    var broken = new Document(stored.ref(), Map.of("steps", 1L), stored.updateTime());

    assertThat(fixture.handler().handle(event("e1", broken)))
        .isInstanceOf(EventOutcome.Dispatched.class);
    assertThat(fixture.store.reads()).isEqualTo(1);
  }

  @Test
  void handle_logsAnEventThatIsNotOurs_withoutACall() {
    var foreign =
        new CloudEventParser.Result.Ignored(
            "e1", "some.type", "some/subject", CloudEventIgnored.Reason.EVENT_TYPE_FILTERED);

    assertThat(fixture.handler().handle(foreign)).isInstanceOf(EventOutcome.Ignored.class);
    assertThat(fixture.store.reads()).isZero();
    assertThat(fixture.log.names())
        .containsExactly("cloud_event_received", "cloud_event_ignored", "cloud_event_finished");
  }

  @Test
  void handle_asksForARedelivery_whenTheStoreFails() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready()));
    var error = StepError.of(ErrorCode.FIRESTORE_UNAVAILABLE, "unavailable");
    fixture.store.beforeCommit(() -> {
      throw new StepException(error);
    });

    assertThat(fixture.handler().handle(event("e1", snapshot)))
        .isEqualTo(new EventOutcome.Redeliver(error));
    assertThat(fixture.log.names())
        .containsExactly(
            "cloud_event_received",
            "cloud_event_parsed",
            "ready_step_selected",
            "claim_attempt",
            "cloud_event_finished");
    assertThat(fixture.log.events(CloudEventFinished.class).getFirst().status())
        .isEqualTo(CloudEventFinished.Status.FAILED);
  }

  @Test
  void handle_asksForARedelivery_whenItMeetsABug() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready()));
    fixture.publisher.throwOnce(new IllegalStateException(CANARY));

    var outcome = fixture.handler().handle(event("e1", snapshot));

    assertThat(outcome)
        .isEqualTo(
            new EventOutcome.Redeliver(StepError.of(ErrorCode.INTERNAL, "unexpected error")));
    assertThat(fixture.log.names()).endsWith("internal_error", "cloud_event_finished");
    assertThat(fixture.handler().handle(event("e1", snapshot)))
        .isInstanceOf(EventOutcome.Dispatched.class);
  }

  @Test
  void handle_letsNothingOut() {
    var step = Map.of("stepType", "LLM_REPORT", "status", "READY", "inputs", CANARY);
    var snapshot = fixture.putRun("RUNNING", Map.of("a", step, "b", step("READY", CANARY)));
    fixture.publisher.throwOnce(new IllegalStateException(CANARY));
    var handler = fixture.handler();

    var outcomes =
        List.of(handler.handle(event("e1", snapshot)), handler.handle(event("e2", null)));

    assertThat(outcomes.toString() + fixture.published.sent()).doesNotContain(CANARY);
    // But for the names that a step depends on, which are logged on purpose.
    assertThat(
            fixture.log.entries().stream()
                .filter(entry -> !entry.event().name().equals("cloud_event_parsed"))
                .map(entry -> entry.event().fields() + " " + entry.context() + entry.event()))
        .noneMatch(line -> line.contains(CANARY));
  }
}
