package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.Violation;
import io.tda.worker.json.CanonicalJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schema for the model's answer, checked and compiled once, with its projection for the provider.
 * Safe for use by many threads.
 */
public final class LLMSchema {
  private final SchemaId id;
  private final ObjectNode jsonSchema;
  private final @Nullable String declaredSha256;
  private final String sha256;
  private final CompiledSchema compiled;
  private final SchemaProjection projection;

  LLMSchema(
      SchemaId id,
      ObjectNode jsonSchema,
      @Nullable String declaredSha256,
      CompiledSchema compiled) {
    this.id = id;
    this.jsonSchema = jsonSchema;
    this.declaredSha256 = declaredSha256;
    this.sha256 = CanonicalJson.sha256(jsonSchema);
    this.compiled = compiled;
    this.projection = SchemaProjection.of(jsonSchema);
  }

  public SchemaId id() {
    return id;
  }

  /** The whole schema, a copy. It judges the answer; the projection is what the provider gets. */
  public JsonNode jsonSchema() {
    return jsonSchema.deepCopy();
  }

  /** Of the canonical form of the schema that is used, whatever its document declares. */
  public String sha256() {
    return sha256;
  }

  /** Whether the document declares the right hash; a wrong or missing one is worth a warning. */
  public boolean isSha256AsDeclared() {
    return sha256.equals(declaredSha256);
  }

  /** What the provider is sent. */
  public SchemaProjection projection() {
    return projection;
  }

  /**
   * What is wrong with an answer: pointer and keyword, never a word of the answer.
   *
   * @param max how many are wanted
   */
  List<Violation> violations(JsonNode output, int max) {
    return compiled.violations(output, max);
  }

  @Override
  public String toString() {
    return "LLMSchema[" + id + ", sha256=" + sha256 + "]";
  }
}
