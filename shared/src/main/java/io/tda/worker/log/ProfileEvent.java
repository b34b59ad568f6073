package io.tda.worker.log;

import java.util.List;
import java.util.Map;

/**
 * What is noticed about a step's request profile and its output schema before the model is asked.
 */
public sealed interface ProfileEvent extends LogEvent {

  /** The profile has keys that this version does not know; they are not sent. */
  record LlmProfileKeysIgnored(List<String> keys) implements ProfileEvent {
    public LlmProfileKeysIgnored {
      keys = List.copyOf(keys);
    }

    @Override
    public Map<String, Object> fields() {
      return Fields.of("keys", keys).map();
    }
  }

  /**
   * Parts of the schema are unknown to the provider and were left out of the request; the answer is
   * still held to them. Once a schema.
   *
   * @param pointers JSON Pointers to what was left out
   */
  record SchemaKeywordsDropped(String schemaId, List<String> pointers) implements ProfileEvent {
    public SchemaKeywordsDropped {
      pointers = List.copyOf(pointers);
    }

    @Override
    public Map<String, Object> fields() {
      return Fields.of("schemaId", schemaId).with("pointers", pointers).map();
    }
  }

  /**
   * The stored hash of a schema is not that of the schema; the step goes on.
   *
   * @param stored as the registry or the profile has it
   * @param computed from the schema
   */
  record SchemaSha256Mismatch(String schemaId, String stored, String computed)
      implements ProfileEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("schemaId", schemaId)
          .with("stored", stored)
          .with("computed", computed)
          .map();
    }
  }

  /**
   * The schema in the registry cannot be used.
   *
   * @param reason place and rule, such as {@code "/jsonSchema/required: must name summary"}
   */
  record StructuredOutputSchemaInvalid(String schemaId, String reason) implements ProfileEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("schemaId", schemaId).with("reason", reason).map();
    }
  }

  @Override
  default String name() {
    return switch (this) {
      case LlmProfileKeysIgnored _ -> "llm_profile_keys_ignored";
      case SchemaKeywordsDropped _ -> "schema_keywords_dropped";
      case SchemaSha256Mismatch _ -> "schema_sha256_mismatch";
      case StructuredOutputSchemaInvalid _ -> "structured_output_schema_invalid";
    };
  }

  @Override
  default Severity severity() {
    return switch (this) {
      case LlmProfileKeysIgnored _, SchemaKeywordsDropped _ -> Severity.INFO;
      case SchemaSha256Mismatch _, StructuredOutputSchemaInvalid _ -> Severity.WARNING;
    };
  }
}
