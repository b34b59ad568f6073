package io.tda.worker.e2e;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The prompts and schemas that runs of the tests may name. */
public final class Registry {
  /** A prompt whose words are canaries. */
  public static final String PROMPT = "prompt_e2e_v1";

  /** The detailed schema of the example run. */
  public static final String SCHEMA = "llm_schema_4h_report_v1_0";

  /** Where prompts and schemas are, as the services know it by default. */
  public static final String PROMPTS = "llm_prompts";

  /** Where schemas are. */
  public static final String SCHEMAS = "llm_schemas";

  private Registry() {}

  static void seed(Documents documents) {
    documents.put(
        PROMPTS,
        PROMPT,
        Map.of(
            "schemaVersion", 1,
            "systemInstruction", "Be brief. " + Canary.SYSTEM_INSTRUCTION.word(),
            "userPrompt", "Write the report. " + Canary.USER_PROMPT.word()));
    documents.put(SCHEMAS, SCHEMA, example("llm_schemas/" + SCHEMA + ".json"));
  }

  private static Map<String, Object> example(String file) {
    try (var stream = Registry.class.getResourceAsStream("/contracts/example-run/" + file)) {
      return new ObjectMapper().readValue(stream, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
