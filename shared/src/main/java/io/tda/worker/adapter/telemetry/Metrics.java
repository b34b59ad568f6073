package io.tda.worker.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.tda.worker.flow.TokenUsage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instruments. Their names and labels are an API. No label holds an id of a run, a step or a
 * message: each value of a label is a time series of its own.
 */
final class Metrics {
  private static final String NONE = "none";
  private static final AttributeKey<String> STATUS = AttributeKey.stringKey("status");
  private static final AttributeKey<String> ERROR_CODE = AttributeKey.stringKey("error_code");
  private static final AttributeKey<String> MODEL = AttributeKey.stringKey("model");
  private static final AttributeKey<String> DIRECTION = AttributeKey.stringKey("direction");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

  /** A model call takes seconds to minutes; 450 s is its longest deadline by default. */
  private static final List<Long> CALL_MS =
      List.of(
          250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 20_000L, 40_000L, 60_000L, 90_000L, 120_000L,
          180_000L, 300_000L, 450_000L);

  /** A step also waits, and may be tried again for hours. */
  private static final List<Long> STEP_MS =
      List.of(
          500L,
          1_000L,
          2_500L,
          5_000L,
          10_000L,
          20_000L,
          40_000L,
          60_000L,
          120_000L,
          300_000L,
          600_000L,
          1_800_000L,
          3_600_000L,
          21_600_000L);

  private final LongCounter stepExecutions;
  private final LongHistogram stepLatency;
  private final LongHistogram llmRequestLatency;
  private final LongCounter llmTokens;
  private final LongCounter claimConflicts;
  private final LongCounter events;
  private final LongCounter firestoreReads;
  private final LongCounter deadLetters;
  private final LongCounter reclaims;
  private final LongCounter repairs;

  Metrics(Meter meter) {
    stepExecutions = counter(meter, "step_executions_total", "Steps that have ended");
    stepLatency = histogram(meter, "step_latency_ms", "From claim to success of a step", STEP_MS);
    llmRequestLatency =
        histogram(meter, "llm_request_latency_ms", "Duration of a model call", CALL_MS);
    llmTokens = counter(meter, "llm_tokens_total", "Tokens of model calls");
    claimConflicts =
        counter(meter, "claim_conflicts_total", "Claims that somebody else forestalled");
    events = counter(meter, "events_total", "Events that were answered");
    firestoreReads = counter(meter, "firestore_reads_total", "Documents read, as they are billed");
    deadLetters = counter(meter, "dead_letters_total", "Messages that used up their deliveries");
    reclaims = counter(meter, "reclaims_total", "Steps whose executor died, claimed anew");
    repairs = counter(meter, "repair_total", "Answers that the model was asked to mend");
  }

  void stepSucceeded(Duration latency, @Nullable String model) {
    stepExecutions.add(1, ended("succeeded", NONE, model));
    stepLatency.record(latency.toMillis());
  }

  void stepFailed(String errorCode, @Nullable String model) {
    stepExecutions.add(1, ended("failed", errorCode, model));
  }

  void modelCalled(String model, Duration latency, TokenUsage usage) {
    llmRequestLatency.record(latency.toMillis(), Attributes.of(MODEL, model));
    tokens("input", model, usage.promptTokens());
    tokens("output", model, usage.candidatesTokens());
    tokens("thoughts", model, usage.thoughtsTokens());
  }

  void claimConflict() {
    claimConflicts.add(1);
  }

  void eventAnswered(String outcome) {
    events.add(1, Attributes.of(OUTCOME, outcome));
  }

  void firestoreReads(int documents) {
    firestoreReads.add(documents);
  }

  void deadLetter() {
    deadLetters.add(1);
  }

  void reclaimed() {
    reclaims.add(1);
  }

  void repaired(boolean ok) {
    repairs.add(1, Attributes.of(OUTCOME, ok ? "ok" : "failed"));
  }

  private void tokens(String direction, String model, long count) {
    if (count > 0) {
      llmTokens.add(count, Attributes.of(DIRECTION, direction, MODEL, model));
    }
  }

  private static Attributes ended(String status, String errorCode, @Nullable String model) {
    return Attributes.of(
        STATUS, status, ERROR_CODE, errorCode, MODEL, model == null ? NONE : model);
  }

  private static LongCounter counter(Meter meter, String name, String description) {
    return meter.counterBuilder(name).setDescription(description).build();
  }

  private static LongHistogram histogram(
      Meter meter, String name, String description, List<Long> bounds) {
    return meter
        .histogramBuilder(name)
        .ofLongs()
        .setUnit("ms")
        .setDescription(description)
        .setExplicitBucketBoundariesAdvice(bounds)
        .build();
  }
}
