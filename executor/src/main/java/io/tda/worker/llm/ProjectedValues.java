package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes {@code enum} and {@code const} as the provider has them: strings and numbers only. */
final class ProjectedValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ProjectedValues() {}

  /**
   * Projects an {@code enum}. A null among strings and numbers becomes an alternative of its own.
   *
   * @return false where it cannot be projected
   */
  static boolean enumeration(ObjectNode object, ObjectNode projected) {
    var values = NODES.arrayNode();
    var others = NODES.arrayNode();
    object
        .get("enum")
        .forEach(value -> (value.isTextual() || value.isNumber() ? values : others).add(value));
    if (others.isEmpty()) {
      projected.set("enum", values);
      return true;
    }
    boolean nullable = others.size() == 1 && others.path(0).isNull() && !values.isEmpty();
    if (!nullable || object.has("anyOf")) {
      return false;
    }
    var some = NODES.objectNode();
    var type = typeWithoutNull(object.path("type"));
    if (!type.isMissingNode()) {
      some.set("type", type);
    }
    some.set("enum", values);
    projected.putArray("anyOf").add(some).add(NODES.objectNode().put("type", "null"));
    projected.remove("type");
    return true;
  }

  /**
   * Projects a {@code const}: an {@code enum} of one value, or at least its type.
   *
   * @return false where more than the type would have to be said
   */
  static boolean constant(JsonNode value, ObjectNode projected) {
    if (!projected.has("type") && !projected.has("anyOf")) {
      projected.put("type", typeOf(value));
    }
    if (value.isTextual() || value.isNumber()) {
      projected.set("enum", NODES.arrayNode().add(value));
      return true;
    }
    return value.isNull();
  }

  private static JsonNode typeWithoutNull(JsonNode type) {
    if (!type.isArray()) {
      return type;
    }
    var rest = NODES.arrayNode();
    for (var name : type) {
      if (!name.asText().equals("null")) {
        rest.add(name);
      }
    }
    return rest.size() == 1 ? rest.path(0) : rest;
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case ARRAY -> "array";
      case OBJECT -> "object";
      case BINARY, MISSING, POJO -> throw new IllegalStateException("not read from JSON");
    };
  }
}
