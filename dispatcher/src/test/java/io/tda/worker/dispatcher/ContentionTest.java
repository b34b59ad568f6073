package io.tda.worker.dispatcher;

import static io.tda.worker.dispatcher.DispatcherFixture.event;
import static io.tda.worker.dispatcher.DispatcherFixture.key;
import static io.tda.worker.dispatcher.DispatcherFixture.ready;
import static io.tda.worker.dispatcher.DispatcherFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.log.ClaimEvent.ClaimAttempt;
import io.tda.worker.log.IngressEvent.CloudEventIgnored;
import io.tda.worker.log.IngressEvent.CloudEventNoop.Reason;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The run changes while an event is handled. */
class ContentionTest {
  private final DispatcherFixture fixture = new DispatcherFixture();

  @Test
  void handle_claimsAfterAll_whenSomethingElseInTheRunHasChanged() {
    var stale = fixture.putRun("RUNNING", Map.of("a", ready()));
    fixture.touchRun();

    assertThat(fixture.handler().handle(event("e1", stale)))
        .isInstanceOf(EventOutcome.Dispatched.class);
    assertThat(fixture.log.events(ClaimAttempt.class))
        .containsExactly(
            new ClaimAttempt(false, ClaimAttempt.Reason.PRECONDITION_FAILED, 1),
            new ClaimAttempt(true, ClaimAttempt.Reason.OK, 2));
  }

  @Test
  void handle_takesTheNextStep_whenTheFirstIsGone() {
    var stale = fixture.putRun("RUNNING", Map.of("a", ready(), "b", ready()));
    fixture.patchRun(FieldPath.of("steps", "a", "status"), "CANCELLED");

    fixture.handler().handle(event("e1", stale));

    assertThat(fixture.published.claims()).hasSize(1);
    assertThat(fixture.status("b")).isEqualTo("RUNNING");
    assertThat(fixture.status("a")).isEqualTo("CANCELLED");
  }

  @Test
  void handle_claimsNothing_whenTheRunHasEnded() {
    var stale = fixture.putRun("RUNNING", Map.of("a", ready()));
    fixture.patchRun(FieldPath.of("status"), "CANCELLED");

    assertThat(fixture.handler().handle(event("e1", stale)))
        .isEqualTo(new EventOutcome.Noop(Reason.RUN_NOT_RUNNING));
    assertThat(fixture.status("a")).isEqualTo("READY");
  }

  @Test
  void handle_ignoresARunThatWasDeletedMeanwhile() {
    var stale = fixture.putRun("RUNNING", Map.of("a", ready()));
    fixture.documents.commit(List.of(new Write.Delete(stale.ref(), new Precondition.None())));

    assertThat(fixture.handler().handle(event("e1", stale)))
        .isEqualTo(
            new EventOutcome.Ignored(CloudEventIgnored.Reason.FLOW_RUN_NOT_FOUND, List.of()));
    assertThat(fixture.lease("a")).isEmpty();
  }

  @Test
  void handle_reportsARunThatWasBrokenMeanwhile() {
    var stale = fixture.putRun("RUNNING", Map.of("a", ready()));
    fixture.patchRun(FieldPath.of("status"), "NO_STATUS");

    assertThat(fixture.handler().handle(event("e1", stale)))
        .isInstanceOfSatisfying(
            EventOutcome.Ignored.class, ignored -> assertThat(ignored.violations()).isNotEmpty());
  }

  @Test
  void handle_givesUp_whenEveryTryMeetsAnotherChange() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready()));
    fixture.store.beforeCommit(fixture::touchRun);

    assertThat(fixture.handler().handle(event("e1", snapshot)))
        .isEqualTo(new EventOutcome.Noop(Reason.CLAIM_CONFLICT));
    assertThat(fixture.store.commits()).hasSize(4);
    assertThat(fixture.status("a")).isEqualTo("READY");
    assertThat(fixture.log.names())
        .containsExactly(
            "cloud_event_received",
            "cloud_event_parsed",
            "ready_step_selected",
            "claim_attempt",
            "ready_step_selected",
            "claim_attempt",
            "ready_step_selected",
            "claim_attempt",
            "ready_step_selected",
            "claim_attempt",
            "cloud_event_noop",
            "cloud_event_finished");
  }

  @Test
  void handle_judgesAgain_whenWhatWasWrongWithAStepIsMended() {
    var stale = fixture.putRun("RUNNING", Map.of("a", ready("b")));
    fixture.patchRun(FieldPath.of("steps", "b"), step("SUCCEEDED"));

    assertThat(fixture.handler().handle(event("e1", stale)))
        .isInstanceOf(EventOutcome.Dispatched.class);
    assertThat(fixture.published.claims()).extracting("step").containsExactly(key("a"));
  }

  @RepeatedTest(200)
  void handle_claimsOnce_whenTwoDispatchersRace() throws Exception {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready()));
    var one = fixture.handler(fixture.documents, 1);
    var other = fixture.handler(fixture.documents, 1);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.invokeAll(
          List.<Callable<EventOutcome>>of(
              () -> one.handle(event("e1", snapshot)), () -> other.handle(event("e2", snapshot))));
    }

    assertThat(fixture.published.claims())
        .containsExactly(fixture.lease("a").orElseThrow().value().claim());
  }
}
