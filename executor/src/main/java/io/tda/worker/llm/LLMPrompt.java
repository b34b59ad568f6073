package io.tda.worker.llm;

/**
 * A prompt as it is stored. Used as it is: no templating.
 *
 * @param systemInstruction goes into the request's system instruction; not empty
 * @param userPrompt opens the user text; not empty
 */
public record LLMPrompt(String promptId, String systemInstruction, String userPrompt) {
  /** Names the prompt only, so that its text cannot slip into a log or a message. */
  @Override
  public String toString() {
    return "LLMPrompt[" + promptId + "]";
  }
}
