package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.flow.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must hold of an output schema before money is spent on it: valid 2020-12, nothing outside it
 * is referred to, it can be applied in bounded time, and it asks for a summary and details.
 */
final class SchemaInvariants {
  private static final int MAX_VIOLATIONS = 20;

  private SchemaInvariants() {}

  /** Everything that is wrong, with pointers from the schema's root. */
  static List<Violation> violations(JsonNode jsonSchema) {
    var meta = CompiledSchema.metaViolations(jsonSchema);
    if (!meta.isEmpty()) {
      return meta.stream()
          .map(fault -> new Violation(fault.pointer(), "is not 2020-12: " + fault.rule()))
          .limit(MAX_VIOLATIONS)
          .toList();
    }
    var references = new SchemaReferences(jsonSchema);
    return Stream.of(dialect(jsonSchema), loops(references), report(jsonSchema, references))
        .flatMap(List::stream)
        .limit(MAX_VIOLATIONS)
        .toList();
  }

  /** Why a schema that meets all of the above does not compile. */
  static List<Violation> notCompilable(JsonNode jsonSchema) {
    var dangling = new SchemaReferences(jsonSchema).dangling();
    return dangling.isEmpty()
        ? List.of(new Violation("", "does not compile as JSON Schema 2020-12"))
        : dangling.stream()
            .map(pointer -> new Violation(pointer, "must lead to a place in this schema"))
            .limit(MAX_VIOLATIONS)
            .toList();
  }

  private static List<Violation> dialect(JsonNode jsonSchema) {
    var dialect = jsonSchema.path("$schema").asText("https://json-schema.org/draft/2020-12/schema");
    return dialect.matches("https://json-schema\\.org/draft/2020-12/schema#?")
        ? List.of()
        : List.of(new Violation("/$schema", "must be 2020-12 where it is given"));
  }

  private static List<Violation> loops(SchemaReferences references) {
    return references.endlessLoops().stream()
        .map(pointer -> new Violation(pointer, "must not refer to itself for the same value"))
        .toList();
  }

  private static List<Violation> report(JsonNode jsonSchema, SchemaReferences references) {
    var violations = new ArrayList<Violation>();
    for (var name : List.of("summary", "details")) {
      if (!requires(jsonSchema, name)) {
        violations.add(new Violation("/required", "must name " + name));
      }
    }
    var summary = references.follow(jsonSchema.path("properties").path("summary"));
    if (!requires(summary, "markdown")) {
      violations.add(new Violation("/properties/summary", "must require markdown"));
    }
    var markdown = references.follow(summary.path("properties").path("markdown"));
    if (!markdown.path("type").asText("").equals("string")) {
      violations.add(new Violation("/properties/summary", "must have markdown of type string"));
    }
    return violations;
  }

  private static boolean requires(JsonNode schema, String name) {
    for (var required : schema.path("required")) {
      if (required.asText("").equals(name)) {
        return true;
      }
    }
    return false;
  }
}
