package io.tda.worker.log;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.TokenUsage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paid call, and the judgement of its answer. */
public sealed interface ModelEvent extends LogEvent {

  /**
   * The model is asked.
   *
   * @param deadline when the call is given up
   */
  record LlmRequestStarted(String modelName, Duration deadline) implements ModelEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("modelName", modelName).with("deadlineMs", deadline).map();
    }
  }

  /**
   * The call has ended.
   *
   * @param finishReason as the provider named it; null where it said none
   */
  record LlmRequestFinished(
      String modelName,
      Status status,
      @Nullable String finishReason,
      TokenUsage usage,
      Duration duration)
      implements ModelEvent {
    /** How the call ended. */
    public enum Status {
      /** With an answer, whatever it is worth. */
      OK,
      BLOCKED,
      RATE_LIMITED,
      TIMED_OUT,
      CANCELLED,
      FAILED
    }

    @Override
    public Map<String, Object> fields() {
      return Fields.of("modelName", modelName)
          .with("status", status)
          .with("finishReason", finishReason)
          .with("usage", usage)
          .with("durationMs", duration)
          .map();
    }
  }

  /** The call is to be repeated within the same delivery. */
  record ModelRetryScheduled(StepError error, Duration delay) implements ModelEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("error", Fields.reduced(error)).with("delayMs", delay).map();
    }
  }

  /** The answer is not a report. */
  record StructuredOutputInvalid(Reason reason, Diagnostics diagnostics, Policy policy)
      implements ModelEvent {

    /** At which stage the answer fell through. */
    public enum Kind {
      FINISH_REASON,
      MISSING_TEXT,
      JSON_PARSE,
      SCHEMA_VALIDATION
    }

    /**
     * Why.
     *
     * @param message fixed words, places and rules; never the answer
     */
    public record Reason(Kind kind, String message) {}

    /**
     * What can be said of the answer without showing it.
     *
     * @param validationErrors pointer and keyword each; what is beyond 10 is left out
     */
    public record Diagnostics(
        long textBytes, String textSha256, String extractionMethod, List<String> validationErrors) {
      private static final int MAX_ERRORS = 10;

      public Diagnostics {
        validationErrors = validationErrors.stream().limit(MAX_ERRORS).toList();
      }
    }

    /** What is done about it, and what time there is for it. */
    public record Policy(
        boolean repairEligible,
        boolean repairPlanned,
        Duration remaining,
        Duration finalizeBudget) {}

    @Override
    public Map<String, Object> fields() {
      return Fields.of(
              "reason", Fields.of("kind", reason.kind()).with("message", reason.message()).map())
          .with(
              "diagnostics",
              Fields.of("textBytes", diagnostics.textBytes())
                  .with("textSha256", diagnostics.textSha256())
                  .with("extractionMethod", diagnostics.extractionMethod())
                  .with("validationErrors", diagnostics.validationErrors())
                  .map())
          .with(
              "policy",
              Fields.of("repairEligible", policy.repairEligible())
                  .with("repairPlanned", policy.repairPlanned())
                  .with("remainingSeconds", policy.remaining().toSeconds())
                  .with("finalizeBudgetSeconds", policy.finalizeBudget().toSeconds())
                  .map())
          .map();
    }
  }

  /** The model is asked once more, to mend its answer. */
  record StructuredOutputRepairAttemptStarted() implements ModelEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.none();
    }
  }

  /** The repair has ended. */
  record StructuredOutputRepairAttemptFinished(boolean ok) implements ModelEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("ok", ok).map();
    }
  }

  /** An invalid answer was put where few may look. */
  record RawOutputQuarantined(GcsUri uri, long bytes, String sha256) implements ModelEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("gcs_uri", uri).with("bytes", bytes).with("sha256", sha256).map();
    }
  }

  /** It was to be put there, and could not be; the step ends as it would have ended anyway. */
  record RawOutputNotQuarantined(StepError error) implements ModelEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("error", Fields.reduced(error)).map();
    }
  }

  @Override
  default String name() {
    return switch (this) {
      case LlmRequestStarted _ -> "llm_request_started";
      case LlmRequestFinished _ -> "llm_request_finished";
      case ModelRetryScheduled _ -> "model_retry_scheduled";
      case StructuredOutputInvalid _ -> "structured_output_invalid";
      case StructuredOutputRepairAttemptStarted _ -> "structured_output_repair_attempt_started";
      case StructuredOutputRepairAttemptFinished _ -> "structured_output_repair_attempt_finished";
      case RawOutputQuarantined _ -> "raw_output_quarantined";
      case RawOutputNotQuarantined _ -> "raw_output_not_quarantined";
    };
  }

  @Override
  default Severity severity() {
    return switch (this) {
      // A call that never ends shows by this line alone, and has to be paid for all the same.
      case LlmRequestStarted _, StructuredOutputRepairAttemptStarted _ -> Severity.INFO;
      case LlmRequestFinished finished ->
          Severity.infoIf(finished.status() == LlmRequestFinished.Status.OK);
      case StructuredOutputRepairAttemptFinished finished -> Severity.infoIf(finished.ok());
      case RawOutputQuarantined _ -> Severity.INFO;
      case ModelRetryScheduled _, StructuredOutputInvalid _, RawOutputNotQuarantined _ ->
          Severity.WARNING;
    };
  }
}
