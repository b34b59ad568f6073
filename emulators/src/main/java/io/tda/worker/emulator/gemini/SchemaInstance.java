package io.tda.worker.emulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes a JSON document that meets a schema: always the same for the same schema and words. It
 * knows the keywords that the model API knows, and some that it drops. Texts are long enough and
 * short enough for usual limits, since a request does not tell them.
 */
final class SchemaInstance {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Below this only what is required is made, so that a schema may be recursive. */
  private static final int DEPTH_OF_OPTIONAL = 8;

  private static final int MAX_DEPTH = 60;

  private final JsonNode root;
  private final SampleText text;

  private SchemaInstance(JsonNode root, SampleText text) {
    this.root = root;
    this.text = text;
  }

  static JsonNode of(JsonNode schema, SampleText text) {
    return new SchemaInstance(schema, text).make(schema, "answer", 0);
  }

  private JsonNode make(JsonNode schema, String name, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalStateException("the schema requires a document without end");
    }
    if (schema.has("$ref")) {
      return make(referred(schema.path("$ref").asText()), name, depth + 1);
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (schema.path("enum").size() > 0) {
      return schema.path("enum").path(0);
    }
    for (var choice : new String[] {"anyOf", "oneOf", "allOf"}) {
      if (schema.path(choice).size() > 0) {
        return make(merged(schema, choice), name, depth + 1);
      }
    }
    return ofType(type(schema), schema, name, depth);
  }

  private JsonNode ofType(String type, JsonNode schema, String name, int depth) {
    return switch (type) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, name, depth);
      case "integer" -> JSON.numberNode(Math.round(Math.ceil(number(schema))));
      case "number" -> JSON.numberNode(number(schema));
      case "boolean" -> JSON.booleanNode(true);
      case "null" -> JSON.nullNode();
      default -> JSON.textNode(text.of(name, schema));
    };
  }

  private ObjectNode object(JsonNode schema, int depth) {
    var required = new HashSet<String>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    var made = JSON.objectNode();
    for (var property : schema.path("properties").properties()) {
      if (required.contains(property.getKey()) || depth < DEPTH_OF_OPTIONAL) {
        made.set(property.getKey(), make(property.getValue(), property.getKey(), depth + 1));
      }
    }
    addUndescribed(made, required);
    return made;
  }

  private void addUndescribed(ObjectNode made, Set<String> required) {
    for (var name : required) {
      if (!made.has(name)) {
        made.set(name, JSON.objectNode());
      }
    }
  }

  private JsonNode array(JsonNode schema, String name, int depth) {
    int wanted = Math.max(schema.path("minItems").asInt(0), depth < DEPTH_OF_OPTIONAL ? 1 : 0);
    int size = Math.min(wanted, schema.path("maxItems").asInt(Integer.MAX_VALUE));
    var made = JSON.arrayNode();
    for (var item : schema.path("prefixItems")) {
      made.add(make(item, name + " " + (made.size() + 1), depth + 1));
    }
    while (made.size() < size && !schema.path("items").isBoolean()) {
      made.add(make(schema.path("items"), name + " " + (made.size() + 1), depth + 1));
    }
    return made;
  }

  /** In the middle of a range that has two ends, else 1 away from its one end, else 1. */
  private static double number(JsonNode schema) {
    var low = schema.has("minimum") ? schema.path("minimum") : schema.path("exclusiveMinimum");
    var high = schema.has("maximum") ? schema.path("maximum") : schema.path("exclusiveMaximum");
    if (low.isNumber() && high.isNumber()) {
      return (low.asDouble() + high.asDouble()) / 2;
    }
    if (low.isNumber()) {
      return low.asDouble() + 1;
    }
    return high.isNumber() ? high.asDouble() - 1 : 1;
  }

  private static String type(JsonNode schema) {
    var type = schema.path("type");
    if (type.isArray()) { // such as ["number", "null"]
      return type.path(0).asText();
    }
    if (type.isTextual()) {
      return type.asText();
    }
    if (schema.has("properties") || schema.has("required")) {
      return "object";
    }
    return schema.has("items") || schema.has("prefixItems") ? "array" : "string";
  }

  /** The schema with its first choice laid over it, or with all parts of {@code allOf}. */
  private static JsonNode merged(JsonNode schema, String choice) {
    var merged = schema.deepCopy();
    var parts = ((ObjectNode) merged).remove(choice);
    int count = choice.equals("allOf") ? parts.size() : 1;
    for (int i = 0; i < count; i++) {
      if (parts.path(i) instanceof ObjectNode part) {
        ((ObjectNode) merged).setAll(part);
      }
    }
    return merged;
  }

  private JsonNode referred(String reference) {
    var target = root.at(reference.replaceFirst("^#", ""));
    if (target.isMissingNode()) {
      throw new IllegalStateException("the schema refers to what it does not have");
    }
    return target;
  }
}
