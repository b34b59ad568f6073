package io.tda.worker.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a model's answer is worth. */
public sealed interface StructuredOutputResult
    permits StructuredOutputResult.Valid,
        StructuredOutputResult.SafetyBlocked,
        StructuredOutputInvalid {

  /**
   * It is the report's {@code output}.
   *
   * @param output as the model wrote it, digits included
   */
  record Valid(ObjectNode output) implements StructuredOutputResult {
    /** Leaves the output out, so that it cannot slip into a log or a message. */
    @Override
    public String toString() {
      return "Valid[****]";
    }
  }

  /**
   * The provider withheld it, or refused the prompt. Asking again would not help.
   *
   * @param stage what was blocked
   * @param reason as the provider named it
   */
  record SafetyBlocked(Stage stage, String reason) implements StructuredOutputResult {
    /** What was blocked. */
    public enum Stage {
      PROMPT,
      ANSWER
    }
  }
}
