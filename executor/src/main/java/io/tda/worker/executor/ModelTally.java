package io.tda.worker.executor;

import io.tda.worker.artifact.LLMReportFile;
import io.tda.worker.flow.StepExecution.ModelUse;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.llm.LLMResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the model calls of one delivery have cost so far. Usage of failed calls counts as well.
 *
 * @param last the last answer; null where there was none
 */
record ModelTally(
    int calls, int repairs, TokenUsage usage, Duration latency, @Nullable LLMResponse last) {
  /** Nothing called yet. */
  static final ModelTally NONE = new ModelTally(0, 0, TokenUsage.NONE, Duration.ZERO, null);

  private static final String NO_REASON = "FINISH_REASON_UNSPECIFIED";

  /** One more call, which was answered. */
  ModelTally answered(LLMResponse response, Duration took, boolean repair) {
    return new ModelTally(
        calls + 1,
        repairs + (repair ? 1 : 0),
        usage.plus(response.usage()),
        latency.plus(took),
        response);
  }

  /** One more call, which failed. It may be paid for all the same. */
  ModelTally failed(Duration took, boolean repair) {
    return new ModelTally(calls + 1, repairs + (repair ? 1 : 0), usage, latency.plus(took), last);
  }

  /** How the model answered, for the report's metadata. */
  LLMReportFile.Answer answer(LLMResponse response) {
    return new LLMReportFile.Answer(
        response.modelVersion(),
        response.finishReason() == null ? NO_REASON : response.finishReason(),
        usage,
        response.responseId(),
        new LLMReportFile.Attempts(calls, repairs));
  }

  /** The {@code outputs.execution.llm} block. */
  ModelUse use(ReportAssignment assignment, String authMode) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("promptId", assignment.prompt().promptId());
    fields.put("modelName", assignment.profile().modelName());
    if (last != null) {
      putIfPresent(fields, "modelVersion", last.modelVersion());
      putIfPresent(fields, "finishReason", last.finishReason());
      fields.put("usage", usage.toMap());
      putIfPresent(fields, "responseId", last.responseId());
    }
    fields.put("schemaId", assignment.schema().id().value());
    fields.put("schemaSha256", assignment.schema().sha256());
    fields.put("schemaVersion", (long) assignment.schema().id().schemaVersion());
    fields.put("attempts", attempts());
    fields.put("latencyMs", latency.toMillis());
    fields.put("authMode", authMode);
    return new ModelUse(fields);
  }

  private Map<String, Object> attempts() {
    var attempts = new LinkedHashMap<String, Object>();
    attempts.put("total", (long) calls);
    attempts.put("repair", (long) repairs);
    return attempts;
  }

  private static void putIfPresent(
      Map<String, Object> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
