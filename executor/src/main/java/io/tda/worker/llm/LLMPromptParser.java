package io.tda.worker.llm;

import io.tda.worker.flow.Violation;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a prompt document: {@code schemaVersion} is 1, {@code systemInstruction} and {@code
 * userPrompt} are texts with something in them. Other fields are ignored.
 */
public final class LLMPromptParser {
  private LLMPromptParser() {}

  /** What became of a document. */
  public sealed interface Result {

    /** It is a prompt. */
    record Parsed(LLMPrompt prompt) implements Result {}

    /** It is not; the first rule that it breaks. */
    record Malformed(Violation violation) implements Result {}
  }

  /** Reads the document of this id. */
  public static Result parse(String promptId, Map<String, Object> data) {
    if (!DocumentVersion.isOne(data.get("schemaVersion"))) {
      return new Result.Malformed(new Violation("/schemaVersion", DocumentVersion.RULE));
    }
    var systemInstruction = text(data.get("systemInstruction"));
    var userPrompt = text(data.get("userPrompt"));
    if (systemInstruction.isEmpty() || userPrompt.isEmpty()) {
      var field = systemInstruction.isEmpty() ? "/systemInstruction" : "/userPrompt";
      return new Result.Malformed(new Violation(field, "must be a string that is not blank"));
    }
    return new Result.Parsed(new LLMPrompt(promptId, systemInstruction.get(), userPrompt.get()));
  }

  private static Optional<String> text(@Nullable Object value) {
    return value instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
  }
}
