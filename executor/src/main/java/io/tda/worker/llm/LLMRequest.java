package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is sent to the model, and the names under which a stored answer is found.
 *
 * @param profile the step's own knobs; nothing is added to them
 * @param responseSchema the registry's schema as projected for the provider
 * @param repair what to say after a first answer that was invalid; null for a first call
 */
public record LLMRequest(
    LLMPrompt prompt,
    String userText,
    List<InlineImage> images,
    LLMProfile profile,
    JsonNode responseSchema,
    FixtureKey fixtureKey,
    @Nullable RepairTurn repair) {

  /**
   * The second turn of a repair.
   *
   * @param invalidText what the model answered first; null where it answered no text
   * @param instruction what is wrong with it and what is wanted
   */
  public record RepairTurn(@Nullable String invalidText, String instruction) {
    @Override
    public String toString() {
      return "RepairTurn[****]";
    }
  }

  /** Names a stored answer, by what determines it. */
  public record FixtureKey(String promptId, String schemaId, String symbol, String timeframe) {}

  /** This request, followed by the invalid answer and the demand to mend it. */
  public LLMRequest repairing(RepairTurn turn) {
    return new LLMRequest(prompt, userText, images, profile, responseSchema, fixtureKey, turn);
  }

  /** Names the parts only, so that their text cannot slip into a log or a message. */
  @Override
  public String toString() {
    return "LLMRequest["
        + prompt
        + ", images="
        + images.size()
        + ", repair="
        + (repair != null)
        + "]";
  }
}
