package io.tda.worker.dispatcher;

import static io.tda.worker.dispatcher.DispatcherFixture.event;
import static io.tda.worker.dispatcher.DispatcherFixture.key;
import static io.tda.worker.dispatcher.DispatcherFixture.ready;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.id.RunId;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.json.StrictJson;
import io.tda.worker.log.IngressEvent.CloudEventNoop.Reason;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.LossyDocumentStore.Loss;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A READY step that can never run is ended without a claim. */
class MisconfiguredStepTest {
  private final DispatcherFixture fixture = new DispatcherFixture();

  @ParameterizedTest
  @ValueSource(strings = {"unknown-dependency", "dependency-cycle"})
  void handle_writesThePatchOfTheTestVector(String vector) {
    var fields = json(vector, "flow_run.json");
    var runId = new RunId((String) requireNonNull(fields.get("runId")));
    var ref = new DocumentRef("flow_runs", runId.value());
    fixture.documents.commit(List.of(new Write.Set(ref, fields, new Precondition.None())));
    var event = new FlowRunEvent("e1", runId, null, null);

    fixture
        .handler()
        .handle(new CloudEventParser.Result.Changed(event, FirestoreEvents.WRITTEN, "subject"));

    assertThat(fixture.store.commits()).hasSize(1).allMatch(writes -> writes.size() == 1);
    var write = (Write.Update) fixture.store.commits().getFirst().getFirst();
    var expected = (Map<?, ?>) requireNonNull(json(vector, "expected-patch.json").get("finalize"));
    new ExpectedPatch(expected).assertMatches(write.patch());
  }

  @Test
  void handle_endsTheStep_withOneCommitAndNoMessage() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready("nowhere")));

    var outcome = fixture.handler().handle(event("e1", snapshot));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            EventOutcome.StepFailed.class,
            failed -> {
              assertThat(failed.step()).isEqualTo(key("a"));
              assertThat(failed.error().code()).isEqualTo(ErrorCode.INVALID_STEP_INPUTS);
            });
    assertThat(fixture.status("a")).isEqualTo("FAILED");
    assertThat(fixture.store.reads()).isZero();
    assertThat(fixture.published.sent()).isEmpty();
    assertThat(fixture.lease("a")).isEmpty();
    assertThat(fixture.log.names())
        .containsExactly(
            "cloud_event_received", "cloud_event_parsed", "step_failed", "cloud_event_finished");
  }

  @Test
  void handle_isDone_whenTheEventComesAgain() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready("nowhere")));
    fixture.handler().handle(event("e1", snapshot));
    var ended = fixture.run();
    fixture.now = DispatcherFixture.NOW.plusSeconds(10);

    assertThat(fixture.handler().handle(event("e1", snapshot)))
        .isEqualTo(new EventOutcome.Noop(Reason.ALREADY_FINAL));
    assertThat(fixture.run()).isEqualTo(ended);
  }

  @Test
  void handle_knowsItsOwnWrite_whenTheAnswerIsLost() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready("nowhere")));
    fixture.lossy.lose(Loss.REFUSED);

    assertThat(fixture.handler().handle(event("e1", snapshot)))
        .isInstanceOf(EventOutcome.StepFailed.class);
  }

  @Test
  void handle_givesUp_whenEveryTryMeetsAnotherChange() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready("nowhere")));
    fixture.store.beforeCommit(fixture::touchRun);

    assertThat(fixture.handler().handle(event("e1", snapshot)))
        .isEqualTo(new EventOutcome.Noop(Reason.CLAIM_CONFLICT));
    assertThat(fixture.store.commits()).hasSize(4);
    assertThat(fixture.status("a")).isEqualTo("READY");
  }

  @Test
  void handle_asksForARedelivery_whenTheEndCannotBeWritten() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready("nowhere")));
    var error = StepError.of(ErrorCode.FIRESTORE_UNAVAILABLE, "unavailable");
    fixture.store.beforeCommit(() -> {
      throw new StepException(error);
    });

    assertThat(fixture.handler().handle(event("e1", snapshot)))
        .isEqualTo(new EventOutcome.Redeliver(error));
    assertThat(fixture.log.names()).endsWith("finalize_failed", "cloud_event_finished");
  }

  private static Map<String, Object> json(String vector, String file) {
    var path = "/contracts/test-vectors/" + vector + "/" + file;
    try (var in = requireNonNull(MisconfiguredStepTest.class.getResourceAsStream(path))) {
      return StrictJson.parse(in.readAllBytes()) instanceof StrictJson.Result.Parsed(var value)
          ? DocumentJson.toMap((ObjectNode) value)
          : Map.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
