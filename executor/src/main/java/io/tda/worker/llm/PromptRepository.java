package io.tda.worker.llm;

import io.tda.worker.flow.Violation;

/**
 * The port to stored prompts. A prompt never changes under its id, so implementations may cache. A
 * fault is thrown as {@code StepException} with {@code FIRESTORE_UNAVAILABLE}.
 */
public interface PromptRepository {

  /** Finds a prompt: one round trip, or none from the cache. */
  PromptRead find(String promptId);

  /** What was found. */
  sealed interface PromptRead {

    /**
     * A usable prompt.
     *
     * @param cached whether it cost no round trip
     */
    record Found(LLMPrompt prompt, boolean cached) implements PromptRead {}

    /** No document of this id. */
    record Missing() implements PromptRead {}

    /** A document that is no prompt. */
    record Malformed(Violation violation) implements PromptRead {}
  }
}
