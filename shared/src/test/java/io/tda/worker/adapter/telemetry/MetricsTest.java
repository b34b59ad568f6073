package io.tda.worker.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.metrics.data.MetricData;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.log.ClaimEvent.ClaimAttempt;
import io.tda.worker.log.IngressEvent.CloudEventFinished;
import io.tda.worker.log.LogEvent;
import io.tda.worker.log.LogEventExamples;
import io.tda.worker.log.ModelEvent.LlmRequestFinished;
import io.tda.worker.log.ModelEvent.StructuredOutputRepairAttemptFinished;
import io.tda.worker.log.OutputEvent.StepCompleted;
import io.tda.worker.log.OutputEvent.StepFailed;
import io.tda.worker.log.RecordingEventLogger;
import io.tda.worker.log.RecoveryEvent.ClaimDeadLettered;
import io.tda.worker.log.RecoveryEvent.StepReclaimed;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metrics are an API too: their names, their labels, and what counts. */
final class MetricsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Names and labels as dashboards and alerts know them. */
  private static final Map<String, Set<String>> CATALOGUE =
      Map.of(
          "step_executions_total", Set.of("status", "error_code", "model"),
          "step_latency_ms", Set.of(),
          "llm_request_latency_ms", Set.of("model"),
          "llm_tokens_total", Set.of("direction", "model"),
          "claim_conflicts_total", Set.of(),
          "events_total", Set.of("outcome"),
          "firestore_reads_total", Set.of(),
          "dead_letters_total", Set.of(),
          "reclaims_total", Set.of(),
          "repair_total", Set.of("outcome"));

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final RecordingEventLogger lines = new RecordingEventLogger();

  @Test
  void metrics_haveExactlyTheNamesAndLabelsOfTheCatalogue() {
    logAllExamples();
    log(conflict());
    read(List.of("a"));

    assertThat(recorded.metrics())
        .extracting(MetricData::getName)
        .containsExactlyInAnyOrderElementsOf(CATALOGUE.keySet());
    assertThat(recorded.metrics())
        .allSatisfy(metric ->
            assertThat(metric.getData().getPoints())
                .isNotEmpty()
                .allSatisfy(point ->
                    assertThat(RecordedTelemetry.labels(point).keySet())
                        .isEqualTo(CATALOGUE.get(metric.getName()))));
  }

  @Test
  void labels_neverHoldAnId() {
    logAllExamples();
    log(conflict());

    assertThat(labelValues())
        .isNotEmpty()
        .isSubsetOf(
            "succeeded",
            "failed",
            "none",
            "ok",
            "noop",
            "input",
            "output",
            "thoughts",
            "gemini-2.5-pro",
            ErrorCode.INVALID_STRUCTURED_OUTPUT.name());
  }

  @Test
  void steps_countByEndAndErrorAndModel() {
    log(new StepCompleted(new GcsUri("reports", "o.json"), SECOND, "m1"));
    log(new StepCompleted(new GcsUri("reports", "o.json"), SECOND, null));
    log(new StepFailed(StepError.of(ErrorCode.RATE_LIMITED, "busy"), "m1"));
    log(new StepFailed(StepError.of(ErrorCode.INVALID_STEP_INPUTS, "bad")));

    assertThat(recorded.series())
        .containsEntry("step_executions_total{error_code=none, model=m1, status=succeeded}", 1L)
        .containsEntry("step_executions_total{error_code=none, model=none, status=succeeded}", 1L)
        .containsEntry(
            "step_executions_total{error_code=RATE_LIMITED, model=m1, status=failed}", 1L)
        .containsEntry(
            "step_executions_total{error_code=INVALID_STEP_INPUTS, model=none, status=failed}", 1L)
        .containsEntry("step_latency_ms{}", 2L);
  }

  @Test
  void modelCalls_countTimeAndTokens_alsoWhereTheyFail() {
    var usage = new TokenUsage(100, 20, 5, 60, 125);
    log(new LlmRequestFinished("m1", LlmRequestFinished.Status.OK, "STOP", usage, SECOND));
    log(
        new LlmRequestFinished(
            "m1", LlmRequestFinished.Status.TIMED_OUT, null, TokenUsage.NONE, SECOND));
    log(new StructuredOutputRepairAttemptFinished(true));
    log(new StructuredOutputRepairAttemptFinished(false));

    assertThat(recorded.series())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "llm_request_latency_ms{model=m1}", 2L,
                "llm_tokens_total{direction=input, model=m1}", 100L,
                "llm_tokens_total{direction=output, model=m1}", 20L,
                "llm_tokens_total{direction=thoughts, model=m1}", 5L,
                "repair_total{outcome=ok}", 1L,
                "repair_total{outcome=failed}", 1L));
  }

  @Test
  void dispatchAndRecovery_countWhatTheLogSays() {
    Stream.of(CloudEventFinished.Status.values())
        .forEach(status -> log(new CloudEventFinished(status, SECOND)));
    log(conflict());
    log(new ClaimAttempt(true, ClaimAttempt.Reason.OK, 2));
    log(new ClaimDeadLettered(ClaimDeadLettered.Outcome.FAILED, null));
    log(new StepReclaimed(2));

    assertThat(recorded.series())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "events_total{outcome=ok}", 1L,
                "events_total{outcome=noop}", 1L,
                "events_total{outcome=failed}", 1L,
                "claim_conflicts_total{}", 1L,
                "dead_letters_total{}", 1L,
                "reclaims_total{}", 1L));
  }

  @Test
  void reads_countAsTheyAreBilled() {
    read(List.of("a", "b", "missing"));
    var _ = store().query(new DocumentQuery.TextEquals("things", "status", "GONE", null, 10));

    assertThat(recorded.series()).containsExactly(Map.entry("firestore_reads_total{}", 4L));
  }

  @Test
  void everyEvent_isLoggedAsBefore() {
    logAllExamples();

    assertThat(lines.entries())
        .extracting(RecordingEventLogger.Entry::event)
        .containsExactlyElementsOf(LogEventExamples.all());
    assertThat(lines.entries())
        .extracting(RecordingEventLogger.Entry::context)
        .containsOnly(LogEventExamples.CONTEXT);
  }

  private void logAllExamples() {
    LogEventExamples.all().forEach(this::log);
  }

  private void log(LogEvent event) {
    recorded.telemetry().log(lines).log(event, LogEventExamples.CONTEXT);
  }

  private static ClaimAttempt conflict() {
    return new ClaimAttempt(false, ClaimAttempt.Reason.PRECONDITION_FAILED, 1);
  }

  private void read(List<String> ids) {
    var _ = store().getAll(ids.stream().map(id -> new DocumentRef("things", id)).toList());
  }

  private DocumentStore store() {
    return recorded.telemetry().documents(new InMemoryDocumentStore(InstantSource.system()));
  }

  private Set<String> labelValues() {
    var values = new TreeSet<String>();
    for (var metric : recorded.metrics()) {
      metric
          .getData()
          .getPoints()
          .forEach(point ->
              RecordedTelemetry.labels(point)
                  .values()
                  .forEach(value -> values.add(value.toString())));
    }
    return values;
  }
}
