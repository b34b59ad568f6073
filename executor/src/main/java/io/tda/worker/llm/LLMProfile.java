package io.tda.worker.llm;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request profile of a step, checked. It is authoritative: what it does not name is not sent.
 *
 * @param sampling the sampling knobs
 * @param thinking null where the profile has no {@code thinkingConfig}
 * @param snapshot the known keys as they were given, for the report's metadata
 */
public record LLMProfile(
    String modelName,
    Sampling sampling,
    @Nullable Thinking thinking,
    StructuredOutputSpec structuredOutput,
    Map<String, Object> snapshot) {

  /** Sampling knobs; each null where the profile does not name it. */
  public record Sampling(
      @Nullable Double temperature,
      @Nullable Double topP,
      @Nullable Integer topK,
      @Nullable Integer maxOutputTokens,
      List<String> stopSequences,
      @Nullable Integer seed) {
    public Sampling {
      stopSequences = List.copyOf(stopSequences);
    }
  }

  /** Thinking knobs; each null where the profile does not name it. */
  public record Thinking(
      @Nullable Boolean includeThoughts,
      @Nullable String thinkingLevel,
      @Nullable Integer thinkingBudget) {}
}
