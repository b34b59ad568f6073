package io.tda.worker.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.Violation;
import io.tda.worker.json.DocumentJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a schema document, checks the schema in it and compiles it. */
public final class LLMSchemaParser {
  private static final String KIND = "LLM_REPORT_OUTPUT";

  private LLMSchemaParser() {}

  /** What became of a document. */
  public sealed interface Result {

    /** It holds a schema that answers can be judged by. */
    record Parsed(LLMSchema schema) implements Result {}

    /** It does not; what is wrong, with pointers from the document's root. */
    record Malformed(List<Violation> violations) implements Result {
      public Malformed {
        violations = List.copyOf(violations);
      }
    }
  }

  /** Reads the document of this id. Takes milliseconds, the first time some hundred. */
  public static Result parse(SchemaId id, Map<String, Object> data) {
    var violations = new ArrayList<>(fields(id, data));
    if (!(data.get("jsonSchema") instanceof Map<?, ?> map)) {
      violations.add(new Violation("/jsonSchema", "must be a map"));
      return new Result.Malformed(violations);
    }
    var declared = data.get("sha256") instanceof String sha256 ? sha256 : null;
    return switch (schema(id, DocumentJson.toObject(map), declared)) {
      case Result.Malformed(var faults) -> {
        violations.addAll(faults);
        yield new Result.Malformed(violations);
      }
      case Result.Parsed parsed -> violations.isEmpty() ? parsed : new Result.Malformed(violations);
    };
  }

  /**
   * Checks and compiles a schema that is JSON already.
   *
   * @param jsonSchema must not change any more
   * @param declaredSha256 null where nothing declares it
   */
  static Result schema(SchemaId id, ObjectNode jsonSchema, @Nullable String declaredSha256) {
    var violations = SchemaInvariants.violations(jsonSchema);
    var compiled =
        violations.isEmpty()
            ? CompiledSchema.compile(jsonSchema)
            : Optional.<CompiledSchema>empty();
    if (compiled.isPresent()) {
      return new Result.Parsed(new LLMSchema(id, jsonSchema, declaredSha256, compiled.get()));
    }
    var faults = violations.isEmpty() ? SchemaInvariants.notCompilable(jsonSchema) : violations;
    return new Result.Malformed(
        faults.stream()
            .map(fault -> new Violation("/jsonSchema" + fault.pointer(), fault.rule()))
            .toList());
  }

  static List<Violation> fields(SchemaId id, Map<String, Object> data) {
    var violations = new ArrayList<Violation>();
    if (!DocumentVersion.isOne(data.get("schemaVersion"))) {
      violations.add(new Violation("/schemaVersion", DocumentVersion.RULE));
    }
    if (!id.value().equals(data.get("schemaId"))) {
      violations.add(new Violation("/schemaId", "must equal the document id"));
    }
    if (!KIND.equals(data.get("kind"))) {
      violations.add(new Violation("/kind", "must be " + KIND));
    }
    return violations;
  }
}
