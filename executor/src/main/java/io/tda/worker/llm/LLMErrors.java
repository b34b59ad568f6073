package io.tda.worker.llm;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.Violation;
import io.tda.worker.llm.StructuredOutputResult.SafetyBlocked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The failures of this package in their storable form: fixed words, no payload. */
public final class LLMErrors {
  private static final int MAX_VIOLATIONS = 10;

  private LLMErrors() {}

  public static StepError promptNotFound(String promptId) {
    return StepError.of(
        ErrorCode.PROMPT_NOT_FOUND, "the prompt does not exist", Map.of("promptId", promptId));
  }

  public static StepError promptInvalid(String promptId, Violation violation) {
    var details = new LinkedHashMap<String, Object>();
    details.put("promptId", promptId);
    details.put("violations", List.of(violation.toString()));
    return StepError.of(ErrorCode.PROMPT_INVALID, "the prompt's document is malformed", details);
  }

  public static StepError profileInvalid(List<Violation> violations) {
    return StepError.of(
        ErrorCode.LLM_PROFILE_INVALID,
        "the request profile breaks its rules",
        Map.of("violations", texts(violations)));
  }

  public static StepError schemaNotFound(SchemaId schemaId) {
    return schemaInvalid("the output schema does not exist", schemaId, List.of());
  }

  public static StepError schemaInvalid(SchemaId schemaId, List<Violation> violations) {
    return schemaInvalid("the output schema cannot be used", schemaId, violations);
  }

  public static StepError safetyBlock(SafetyBlocked blocked) {
    return switch (blocked.stage()) {
      case PROMPT ->
          StepError.of(
              ErrorCode.LLM_SAFETY_BLOCK,
              "the provider blocked the prompt",
              Map.of("blockReason", blocked.reason()));
      case ANSWER ->
          StepError.of(
              ErrorCode.LLM_SAFETY_BLOCK,
              "the provider withheld the answer",
              Map.of("finishReason", blocked.reason()));
    };
  }

  public static StepError invalidOutput(StructuredOutputInvalid invalid) {
    var diagnostics = invalid.diagnostics();
    var details = new LinkedHashMap<String, Object>();
    details.put("kind", invalid.kind().label());
    details.put("reason", invalid.message());
    details.put("textBytes", diagnostics.textBytes());
    details.put("textSha256", diagnostics.textSha256());
    details.put("extractionMethod", diagnostics.extractionMethod().name());
    if (diagnostics.finishReason() != null) {
      details.put("finishReason", diagnostics.finishReason());
    }
    if (!diagnostics.validationErrors().isEmpty()) {
      details.put("validationErrors", diagnostics.validationErrors());
    }
    return StepError.of(
        ErrorCode.INVALID_STRUCTURED_OUTPUT, "the model's answer is not a valid report", details);
  }

  private static StepError schemaInvalid(
      String message, SchemaId schemaId, List<Violation> violations) {
    var details = new LinkedHashMap<String, Object>();
    details.put("reason", "structured_output_schema_invalid");
    details.put("schemaId", schemaId.value());
    if (!violations.isEmpty()) {
      details.put("violations", texts(violations));
    }
    return StepError.of(ErrorCode.LLM_PROFILE_INVALID, message, details);
  }

  private static List<String> texts(List<Violation> violations) {
    return violations.stream().limit(MAX_VIOLATIONS).map(Violation::toString).toList();
  }
}
