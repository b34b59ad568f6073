package io.tda.worker.executor.adapter.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.genai.types.GenerateContentResponse;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.json.StrictJson;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.llm.LLMResponse.ExtractionMethod;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a {@code generateContent} answer. From the JSON and not from the SDK's types:
 * these forget names that they do not know, and fail on fields that nobody here needs.
 */
final class GeminiAnswerParser {
  private GeminiAnswerParser() {}

  /** What became of a body. */
  sealed interface Result {
    /** It is an answer, whatever is in it. */
    record Parsed(LLMResponse response) implements Result {}

    /**
     * It is none.
     *
     * @param reason where and why, never the input
     */
    record Malformed(String reason) implements Result {}
  }

  static Result parse(String body) {
    return switch (StrictJson.parse(body)) {
      case StrictJson.Result.Parsed(var json) -> parse(json);
      case StrictJson.Result.Malformed(var reason) -> new Result.Malformed(reason);
    };
  }

  static Result parse(JsonNode answer) {
    if (!answer.isObject()) {
      return new Result.Malformed("not an object");
    }
    if (!answer.path("candidates").isMissingNode() && !answer.path("candidates").isArray()) {
      return new Result.Malformed("/candidates: not an array");
    }
    var candidate = answer.path("candidates").path(0);
    var fromParts = textOf(candidate.path("content").path("parts"));
    var text = fromParts != null ? fromParts : textBySdk(answer);
    return new Result.Parsed(
        new LLMResponse(
            text,
            extraction(fromParts, text),
            string(candidate.path("finishReason")),
            string(answer.path("promptFeedback").path("blockReason")),
            usage(answer.path("usageMetadata")),
            string(answer.path("modelVersion")),
            string(answer.path("responseId"))));
  }

  private static ExtractionMethod extraction(@Nullable String fromParts, @Nullable String text) {
    if (fromParts != null) {
      return ExtractionMethod.PARTS;
    }
    return text == null ? ExtractionMethod.NONE : ExtractionMethod.SDK_TEXT;
  }

  private static @Nullable String textOf(JsonNode parts) {
    StringBuilder joined = null;
    for (var part : parts) {
      if (part.path("text").isTextual() && !part.path("thought").asBoolean()) {
        joined = joined == null ? new StringBuilder() : joined;
        joined.append(part.path("text").textValue());
      }
    }
    return joined == null ? null : joined.toString();
  }

  /** The SDK reads the same parts but is less strict about types; it throws for odd answers. */
  private static @Nullable String textBySdk(JsonNode answer) {
    try {
      var text = GenerateContentResponse.fromJson(answer.toString()).text();
      return text == null || text.isEmpty() ? null : text;
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static TokenUsage usage(JsonNode usage) {
    return new TokenUsage(
        usage.path("promptTokenCount").asLong(),
        usage.path("candidatesTokenCount").asLong(),
        usage.path("thoughtsTokenCount").asLong(),
        usage.path("cachedContentTokenCount").asLong(),
        usage.path("totalTokenCount").asLong());
  }

  private static @Nullable String string(JsonNode node) {
    return node.isTextual() && !node.textValue().isEmpty() ? node.textValue() : null;
  }
}
