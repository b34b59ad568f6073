package io.tda.worker.executor.adapter.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.llm.PromptRepository.PromptRead;
import io.tda.worker.llm.SchemaId;
import io.tda.worker.llm.SchemaRepository.SchemaRead;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What {@code PromptRepository} and {@code SchemaRepository} promise: found, kept for a while,
 * missing, malformed.
 */
abstract class RegistryContract {
  private static final SchemaId SCHEMA = new SchemaId("llm_report_output_v1");
  private static final Map<String, Object> PROMPT =
      Map.of("schemaVersion", 1L, "systemInstruction", "system", "userPrompt", "user");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2025-12-24T06:10:00Z"));
  // Collections of their own: the documents of an emulator outlive a test.
  private final String promptCollection = "llm_prompts_" + UUID.randomUUID();
  private final String schemaCollection = "llm_schemas_" + UUID.randomUUID();
  private final DocumentStore store;
  private final FirestorePromptRepository prompts;
  private final FirestoreSchemaRepository schemas;

  RegistryContract(DocumentStore store) {
    this.store = store;
    this.prompts = new FirestorePromptRepository(store, promptCollection, now::get);
    this.schemas = new FirestoreSchemaRepository(store, schemaCollection, now::get);
  }

  @Test
  void prompt_isReadOnce_andAgainAfterFiveMinutes() {
    put(promptCollection, "p", PROMPT);
    assertThat(prompts.find("p"))
        .matches(read -> read instanceof PromptRead.Found(_, var cached) && !cached);
    assertThat(prompts.find("p"))
        .matches(read -> read instanceof PromptRead.Found(_, var cached) && cached);
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(5)));
    assertThat(prompts.find("p"))
        .matches(read -> read instanceof PromptRead.Found(_, var cached) && !cached);
  }

  @Test
  void prompt_thatIsMissing_isLookedForAgain() {
    assertThat(prompts.find("p")).isInstanceOf(PromptRead.Missing.class);
    put(promptCollection, "p", PROMPT);
    assertThat(prompts.find("p")).isInstanceOf(PromptRead.Found.class);
  }

  @Test
  void prompt_thatIsMalformed_isNotKept() {
    put(promptCollection, "p", Map.of("schemaVersion", 1L, "userPrompt", "user"));
    assertThat(prompts.find("p")).isInstanceOf(PromptRead.Malformed.class);
    put(promptCollection, "p", PROMPT);
    assertThat(prompts.find("p")).isInstanceOf(PromptRead.Found.class);
  }

  @Test
  void schema_isCompiledOnce() {
    put(schemaCollection, SCHEMA.value(), schema(List.of("summary", "details")));
    assertThat(schemas.find(SCHEMA))
        .matches(read -> read instanceof SchemaRead.Found(_, var cached) && !cached);
    assertThat(schemas.find(SCHEMA))
        .matches(read -> read instanceof SchemaRead.Found(_, var cached) && cached);
  }

  @Test
  void schema_thatIsMissing_orBreaksAnInvariant() {
    assertThat(schemas.find(SCHEMA)).isInstanceOf(SchemaRead.Missing.class);
    put(schemaCollection, SCHEMA.value(), schema(List.of("details")));
    assertThat(schemas.find(SCHEMA)).isInstanceOf(SchemaRead.Malformed.class);
  }

  private static Map<String, Object> schema(List<String> required) {
    Map<String, Object> summary =
        Map.of(
            "type", "object",
            "required", List.of("markdown"),
            "properties", Map.of("markdown", Map.of("type", "string")));
    return Map.of(
        "schemaVersion",
        1L,
        "schemaId",
        SCHEMA.value(),
        "kind",
        "LLM_REPORT_OUTPUT",
        "jsonSchema",
        Map.of(
            "type",
            "object",
            "required",
            required,
            "properties",
            Map.of("summary", summary, "details", Map.of("type", "object"))));
  }

  private void put(String collection, String id, Map<String, Object> data) {
    store.commit(
        List.of(new Write.Set(new DocumentRef(collection, id), data, new Precondition.None())));
  }
}
