package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.flow.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what the provider would refuse in a schema that holds known keywords only. */
final class ProjectionProblems {
  private ProjectionProblems() {}

  static List<Violation> of(JsonNode projected) {
    var problems = new ArrayList<Violation>();
    var references = new SchemaReferences(projected);
    for (var pointer : references.dangling()) {
      problems.add(new Violation(pointer, "leads to no place that the provider is sent"));
    }
    for (var pointer : references.loops(ProjectionProblems::unavoidable)) {
      problems.add(new Violation(pointer, "repeats itself other than in optional properties"));
    }
    SubSchemas.visit(
        "",
        projected,
        (pointer, schema) -> {
          for (var name : schema.path("propertyOrdering")) {
            if (!schema.path("properties").has(name.asText())) {
              problems.add(
                  new Violation(pointer + "/propertyOrdering", "names what is no property"));
              break;
            }
          }
        });
    return problems;
  }

  /** The schemas within this one that every value has to meet, or may have to. */
  private static List<JsonNode> unavoidable(JsonNode schema) {
    var required = names(schema.path("required"));
    var next = new ArrayList<JsonNode>();
    schema
        .path("properties")
        .properties()
        .forEach(field -> {
          if (required.contains(field.getKey())) {
            next.add(field.getValue());
          }
        });
    schema.path("anyOf").forEach(next::add);
    schema.path("oneOf").forEach(next::add);
    schema.path("prefixItems").forEach(next::add);
    if (schema.has("items")) {
      next.add(schema.get("items"));
    }
    return next;
  }

  private static Set<String> names(JsonNode array) {
    var names = new HashSet<String>();
    array.forEach(name -> names.add(name.asText()));
    return names;
  }
}
