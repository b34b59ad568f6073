package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.flow.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Knows which keywords of JSON Schema 2020-12 hold schemas, and what they apply to. */
final class SubSchemas {
  private SubSchemas() {}

  /** To what a schema within a schema applies. */
  enum Scope {
    /** To the same value as the schema around it. */
    SAME_VALUE,
    /** To a member or an element of it. */
    INNER_VALUE,
    /** To nothing, until it is referred to. */
    DEFINITION
  }

  private enum Shape {
    ONE,
    LIST,
    MAP
  }

  private record Keyword(Scope scope, Shape shape) {}

  /** A schema within a schema. */
  record Child(String pointer, JsonNode schema, Scope scope) {}

  private static final Map<String, Keyword> KEYWORDS =
      Map.ofEntries(
          Map.entry("allOf", new Keyword(Scope.SAME_VALUE, Shape.LIST)),
          Map.entry("anyOf", new Keyword(Scope.SAME_VALUE, Shape.LIST)),
          Map.entry("oneOf", new Keyword(Scope.SAME_VALUE, Shape.LIST)),
          Map.entry("not", new Keyword(Scope.SAME_VALUE, Shape.ONE)),
          Map.entry("if", new Keyword(Scope.SAME_VALUE, Shape.ONE)),
          Map.entry("then", new Keyword(Scope.SAME_VALUE, Shape.ONE)),
          Map.entry("else", new Keyword(Scope.SAME_VALUE, Shape.ONE)),
          Map.entry("dependentSchemas", new Keyword(Scope.SAME_VALUE, Shape.MAP)),
          Map.entry("properties", new Keyword(Scope.INNER_VALUE, Shape.MAP)),
          Map.entry("patternProperties", new Keyword(Scope.INNER_VALUE, Shape.MAP)),
          Map.entry("additionalProperties", new Keyword(Scope.INNER_VALUE, Shape.ONE)),
          Map.entry("unevaluatedProperties", new Keyword(Scope.INNER_VALUE, Shape.ONE)),
          Map.entry("propertyNames", new Keyword(Scope.INNER_VALUE, Shape.ONE)),
          Map.entry("items", new Keyword(Scope.INNER_VALUE, Shape.ONE)),
          Map.entry("prefixItems", new Keyword(Scope.INNER_VALUE, Shape.LIST)),
          Map.entry("unevaluatedItems", new Keyword(Scope.INNER_VALUE, Shape.ONE)),
          Map.entry("contains", new Keyword(Scope.INNER_VALUE, Shape.ONE)),
          Map.entry("contentSchema", new Keyword(Scope.DEFINITION, Shape.ONE)),
          Map.entry("$defs", new Keyword(Scope.DEFINITION, Shape.MAP)),
          Map.entry("definitions", new Keyword(Scope.DEFINITION, Shape.MAP)));

  /** The schemas directly within this one, in the order of its keys. */
  static List<Child> of(String pointer, JsonNode schema) {
    var children = new ArrayList<Child>();
    for (var field : schema.properties()) {
      var keyword = KEYWORDS.get(field.getKey());
      if (keyword != null) {
        var place = Violation.pointer(pointer, field.getKey());
        add(children, place, field.getValue(), keyword);
      }
    }
    return children;
  }

  /** Visits this schema and all schemas within it, each once, the outer ones first. */
  static void visit(String pointer, JsonNode schema, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(pointer, schema);
    of(pointer, schema).forEach(child -> visit(child.pointer(), child.schema(), visitor));
  }

  private static void add(List<Child> children, String place, JsonNode value, Keyword keyword) {
    switch (keyword.shape()) {
      case ONE -> children.add(new Child(place, value, keyword.scope()));
      case LIST -> {
        for (int i = 0; i < value.size(); i++) {
          children.add(new Child(place + "/" + i, value.path(i), keyword.scope()));
        }
      }
      case MAP ->
          value
              .properties()
              .forEach(field ->
                  children.add(
                      new Child(
                          Violation.pointer(place, field.getKey()),
                          field.getValue(),
                          keyword.scope())));
    }
  }
}
