package io.tda.worker.llm;

import io.tda.worker.flow.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * What the model answered, before anybody judged it.
 *
 * @param text all text parts of the first candidate that are not thoughts, joined in order; null
 *     where there are none
 * @param finishReason as the provider named it, also when this version does not know the name; null
 *     where it said none
 * @param blockReason why the prompt was blocked; null where it was not
 */
public record LLMResponse(
    @Nullable String text,
    ExtractionMethod extraction,
    @Nullable String finishReason,
    @Nullable String blockReason,
    TokenUsage usage,
    @Nullable String modelVersion,
    @Nullable String responseId) {

  /** How the text was found. */
  public enum ExtractionMethod {
    /** From the parts of the first candidate. */
    PARTS,
    /** By the SDK's own accessor, for want of parts. */
    SDK_TEXT,
    /** Not at all. */
    NONE
  }

  /** Leaves the text out, so that it cannot slip into a log or a message. */
  @Override
  public String toString() {
    return "LLMResponse[finishReason=" + finishReason + ", usage=" + usage + "]";
  }
}
