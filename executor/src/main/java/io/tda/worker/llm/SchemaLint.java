package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.Violation;
import io.tda.worker.json.CanonicalJson;
import io.tda.worker.json.DocumentJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything an author wants to know of a schema before it is stored: what is wrong with it, what
 * the provider would refuse, what the provider is not told, and its hash.
 *
 * @param violations for which the worker refuses the schema; pointers from the file's root
 * @param problems for which the provider would; pointers from the projection's root
 * @param projection null where the schema is too broken to be projected
 * @param sha256 null where the file holds no schema
 * @param declaredSha256 null where the file declares none
 */
public record SchemaLint(
    List<Violation> violations,
    List<Violation> problems,
    @Nullable SchemaProjection projection,
    @Nullable String sha256,
    @Nullable String declaredSha256) {
  /** Used for a schema without a document around it, where the id does not matter. */
  private static final SchemaId ANY_ID = new SchemaId("llm_report_output_v1");

  public SchemaLint {
    violations = List.copyOf(violations);
    problems = List.copyOf(problems);
  }

  /** Looks at a file: a document of the registry where it has {@code jsonSchema}, else a schema. */
  public static SchemaLint of(JsonNode file) {
    if (!(file instanceof ObjectNode object)) {
      return new SchemaLint(
          List.of(new Violation("", "must be an object")), List.of(), null, null, null);
    }
    if (!object.has("jsonSchema")) {
      return bare(object);
    }
    var violations = new ArrayList<Violation>();
    var id = SchemaId.parse(object.path("schemaId").asText(""));
    if (id.isEmpty()) {
      violations.add(new Violation("/schemaId", SchemaId.RULE));
    }
    LLMSchemaParser.fields(id.orElse(ANY_ID), DocumentJson.toMap(object)).stream()
        .filter(fault -> !fault.pointer().equals("/schemaId"))
        .forEach(violations::add);
    if (!(object.get("jsonSchema") instanceof ObjectNode jsonSchema)) {
      violations.add(new Violation("/jsonSchema", "must be an object"));
      return new SchemaLint(violations, List.of(), null, null, null);
    }
    violations.addAll(faults(jsonSchema));
    return of(jsonSchema, violations, object.path("sha256").textValue());
  }

  private static SchemaLint bare(ObjectNode jsonSchema) {
    var violations =
        faults(jsonSchema).stream()
            .map(fault ->
                new Violation(fault.pointer().substring("/jsonSchema".length()), fault.rule()))
            .toList();
    return of(jsonSchema, violations, null);
  }

  private static SchemaLint of(
      ObjectNode jsonSchema, List<Violation> violations, @Nullable String declared) {
    var sha256 = CanonicalJson.sha256(jsonSchema);
    if (!CompiledSchema.metaViolations(jsonSchema).isEmpty()) {
      return new SchemaLint(violations, List.of(), null, sha256, declared);
    }
    var projection = SchemaProjection.of(jsonSchema);
    return new SchemaLint(violations, projection.problems(), projection, sha256, declared);
  }

  private static List<Violation> faults(ObjectNode jsonSchema) {
    return switch (LLMSchemaParser.schema(ANY_ID, jsonSchema, null)) {
      case LLMSchemaParser.Result.Parsed _ -> List.of();
      case LLMSchemaParser.Result.Malformed(var violations) -> violations;
    };
  }

  /** Whether the schema can be stored and used as it is. */
  public boolean isUsable() {
    return violations.isEmpty() && problems.isEmpty();
  }

  /** Whether the file declares another hash than its schema has. */
  public boolean isSha256Mismatch() {
    return declaredSha256 != null && !declaredSha256.equals(sha256);
  }

  /** All of it, a line each, the worst first. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    violations.forEach(violation -> lines.add("error    " + violation));
    problems.forEach(problem -> lines.add("refused  " + problem + " (by the provider)"));
    if (isSha256Mismatch()) {
      lines.add("warning  /sha256: is not the hash of the schema");
    }
    if (projection != null) {
      projection
          .droppedPointers()
          .forEach(pointer -> lines.add("dropped  " + pointer + " (checked in the answer only)"));
    }
    if (sha256 != null) {
      lines.add("sha256   " + sha256);
    }
    return List.copyOf(lines);
  }
}
