package io.tda.worker.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.Violation;
import io.tda.worker.json.Sha256;
import io.tda.worker.json.StrictJson;
import io.tda.worker.llm.StructuredOutputInvalid.Diagnostics;
import io.tda.worker.llm.StructuredOutputInvalid.Kind;
import io.tda.worker.llm.StructuredOutputResult.SafetyBlocked;
import io.tda.worker.llm.StructuredOutputResult.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges a model's answer: why it ended, then whether it is strict JSON, then whether it meets the
 * schema. The text is taken as it is: nothing is trimmed, unwrapped or searched for.
 */
public final class StructuredOutputValidator {
  private static final int MAX_ERRORS = 10;

  private final long maxTextBytes;

  /**
   * @param maxTextBytes the longest text that is read, in bytes of UTF-8
   */
  public StructuredOutputValidator(long maxTextBytes) {
    this.maxTextBytes = maxTextBytes;
  }

  /** What the answer is worth. */
  public StructuredOutputResult validate(LLMResponse response, LLMSchema schema) {
    if (response.blockReason() != null) {
      return new SafetyBlocked(
          SafetyBlocked.Stage.PROMPT, FinishReasons.safe(response.blockReason()));
    }
    if (response.finishReason() != null && FinishReasons.isSafety(response.finishReason())) {
      return new SafetyBlocked(SafetyBlocked.Stage.ANSWER, response.finishReason());
    }
    var text = response.text() == null ? "" : response.text();
    var bytes = text.getBytes(UTF_8);
    return switch (judge(text, bytes.length, schema)) {
      case Judgement.Good(var output) -> new Valid(output);
      case Judgement.Bad bad -> invalid(response, bytes, bad);
    };
  }

  private sealed interface Judgement {
    record Good(ObjectNode output) implements Judgement {}

    record Bad(Kind kind, String message, List<Violation> errors, boolean mayMend)
        implements Judgement {}
  }

  private Judgement judge(String text, long textBytes, LLMSchema schema) {
    if (text.isEmpty()) {
      return bad(Kind.MISSING_TEXT, "the answer has no text");
    }
    if (textBytes > maxTextBytes) {
      // To send it back would cost more than it is worth.
      return new Judgement.Bad(
          Kind.JSON_PARSE,
          "the answer is longer than " + maxTextBytes + " bytes",
          List.of(),
          false);
    }
    return switch (StrictJson.parse(text)) {
      case StrictJson.Result.Malformed(var reason) ->
          bad(Kind.JSON_PARSE, "the answer is not strict JSON: " + reason);
      case StrictJson.Result.Parsed(var value) -> judge(value, schema);
    };
  }

  private static Judgement judge(JsonNode value, LLMSchema schema) {
    var errors = schema.violations(value, MAX_ERRORS);
    if (errors.isEmpty()) {
      errors = reportViolations(value);
    }
    return errors.isEmpty() && value instanceof ObjectNode output
        ? new Judgement.Good(output)
        : new Judgement.Bad(
            Kind.SCHEMA_VALIDATION, "the answer does not meet the schema", errors, true);
  }

  /** What holds for every report, whatever its schema forgot to ask for. */
  private static List<Violation> reportViolations(JsonNode value) {
    if (!value.isObject()) {
      return List.of(new Violation("", "type"));
    }
    if (!value.path("summary").path("markdown").isTextual()) {
      return List.of(new Violation("/summary/markdown", "type"));
    }
    return value.has("details") ? List.of() : List.of(new Violation("/details", "required"));
  }

  private static Judgement.Bad bad(Kind kind, String message) {
    return new Judgement.Bad(kind, message, List.of(), true);
  }

  private static StructuredOutputInvalid invalid(
      LLMResponse response, byte[] text, Judgement.Bad bad) {
    var diagnostics =
        new Diagnostics(
            text.length,
            Sha256.hex(text),
            response.extraction(),
            finishReason(response.finishReason()),
            bad.errors().stream().map(Violation::toString).toList());
    // The same limit would cut the next answer as well.
    return FinishReasons.isTokenLimit(response.finishReason())
        ? new StructuredOutputInvalid(
            Kind.FINISH_REASON, "the answer was cut off at its token limit", diagnostics, false)
        : new StructuredOutputInvalid(bad.kind(), bad.message(), diagnostics, bad.mayMend());
  }

  private static @Nullable String finishReason(@Nullable String reason) {
    return reason == null ? null : FinishReasons.safe(reason);
  }
}
