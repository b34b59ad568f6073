package io.tda.worker.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.json.CanonicalJson;
import org.jspecify.annotations.Nullable;

/** Words the demand to mend an answer. */
public final class RepairInstruction {
  private RepairInstruction() {}

  /**
   * The second turn of a request.
   *
   * @param invalidText the first answer, which goes back to the model and nowhere else; null where
   *     it had no text
   */
  public static LLMRequest.RepairTurn turn(
      LLMSchema schema, StructuredOutputInvalid invalid, @Nullable String invalidText) {
    return new LLMRequest.RepairTurn(invalidText, text(schema, invalid));
  }

  private static String text(LLMSchema schema, StructuredOutputInvalid invalid) {
    var text = new StringBuilder();
    text.append("Your previous answer cannot be used (")
        .append(invalid.kind().label())
        .append("): ")
        .append(invalid.message())
        .append(".\n");
    if (!invalid.diagnostics().validationErrors().isEmpty()) {
      text.append("What is wrong, as JSON pointer and schema keyword:\n");
      for (var error : invalid.diagnostics().validationErrors()) {
        text.append("- ").append(error).append('\n');
      }
    }
    return text.append("Return only JSON for schema ")
        .append(schema.id())
        .append(": one complete document, no other text, no code fence.\nThe schema:\n")
        .append(new String(CanonicalJson.bytes(schema.jsonSchema()), UTF_8))
        .toString();
  }
}
