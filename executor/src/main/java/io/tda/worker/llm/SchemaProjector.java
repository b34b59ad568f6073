package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.Violation;
import io.tda.worker.llm.SchemaProjection.Dropped;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rewrites one schema for the provider. What the provider does not know is left out and noted; what
 * it knows by another name is renamed. Leaving out only ever allows more: the answer is judged by
 * the whole schema.
 */
final class SchemaProjector {
  /** The order in which a projected schema has its keywords. */
  private static final List<String> KEYWORDS =
      List.of(
          "$id",
          "$anchor",
          "$ref",
          "title",
          "description",
          "type",
          "format",
          "enum",
          "minimum",
          "maximum",
          "minItems",
          "maxItems",
          "prefixItems",
          "items",
          "anyOf",
          "oneOf",
          "properties",
          "required",
          "additionalProperties",
          "propertyOrdering",
          "$defs");

  /** The formats of strings that the provider documents. */
  private static final Set<String> FORMATS = Set.of("date-time", "date", "time");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectNode root;
  private final List<Dropped> dropped;
  private final boolean tooManyItems;

  SchemaProjector(ObjectNode root, List<Dropped> dropped) {
    this.root = root;
    this.dropped = dropped;
    this.tooManyItems = ItemsTotal.isTooLarge(root);
  }

  ObjectNode project() {
    return project("", root);
  }

  private ObjectNode project(String pointer, JsonNode schema) {
    var projected = NODES.objectNode();
    if (!(schema instanceof ObjectNode object)) {
      return projected; // true: anything
    }
    if (object.path("$ref").isTextual()) {
      return reference(pointer, object);
    }
    for (var keyword : KEYWORDS) {
      if (object.has(keyword)) {
        keyword(pointer, object, keyword, projected);
      }
    }
    if (object.has("const") && !ProjectedValues.constant(object.get("const"), projected)) {
      drop(pointer, "const");
    }
    sortedNames(object).stream()
        .filter(name -> !KEYWORDS.contains(name) && !name.equals("const"))
        .forEach(name -> drop(pointer, name));
    return ordered(projected);
  }

  /** The provider takes no other keywords beside a reference, but it takes one inside an anyOf. */
  private ObjectNode reference(String pointer, ObjectNode object) {
    var projected = NODES.objectNode();
    var reference = NODES.objectNode().set("$ref", object.get("$ref"));
    for (var name : sortedNames(object)) {
      switch (name) {
        case "$ref" -> {}
        case "$id", "$anchor" -> projected.set(name, object.get(name));
        case "title", "description" -> projected.set(name, object.get(name));
        case "$defs" -> projected.set(name, schemas(pointer + "/$defs", object.get(name)));
        default -> drop(pointer, name);
      }
    }
    if (projected.has("title") || projected.has("description")) {
      projected.putArray("anyOf").add(reference);
    } else {
      projected.set("$ref", object.get("$ref"));
    }
    return ordered(projected);
  }

  private void keyword(String pointer, ObjectNode object, String keyword, ObjectNode projected) {
    var value = object.get(keyword);
    var place = pointer + "/" + keyword;
    switch (keyword) {
      case "format" -> {
        if (FORMATS.contains(value.asText())) {
          projected.set(keyword, value.deepCopy());
        } else {
          drop(pointer, keyword);
        }
      }
      case "maxItems" -> {
        if (tooManyItems) {
          drop(pointer, keyword);
        } else {
          projected.set(keyword, value.deepCopy());
        }
      }
      case "enum" -> {
        if (!ProjectedValues.enumeration(object, projected)) {
          drop(pointer, keyword);
        }
      }
      case "anyOf", "oneOf", "prefixItems" -> alternatives(place, value, keyword, projected);
      case "items" -> {
        if (value.isObject()) {
          projected.set(keyword, project(place, value));
        } else if (!value.asBoolean()) {
          drop(pointer, keyword);
        }
      }
      case "additionalProperties" ->
          projected.set(keyword, value.isObject() ? project(place, value) : value);
      case "properties" -> projected.set(keyword, properties(pointer, object));
      case "required" -> required(pointer, object, projected);
      case "$defs" -> projected.set(keyword, schemas(place, value));
      default -> projected.set(keyword, value.deepCopy());
    }
  }

  private void alternatives(String place, JsonNode value, String keyword, ObjectNode projected) {
    // An enumeration that allows null may have made an anyOf already.
    var array = projected.withArray("/" + keyword);
    for (int i = 0; i < value.size(); i++) {
      array.add(project(place + "/" + i, value.path(i)));
    }
  }

  private ObjectNode properties(String pointer, ObjectNode object) {
    var properties = object.get("properties");
    var projected = NODES.objectNode();
    for (var name : propertyNames(object)) {
      var schema = properties.get(name);
      if (schema.isBoolean() && !schema.booleanValue()) {
        drop(pointer + "/properties", name);
      } else {
        var place = Violation.pointer(pointer + "/properties", name);
        projected.set(name, project(place, schema));
      }
    }
    return projected;
  }

  /** In the author's order where there is one, otherwise by name. */
  private static Collection<String> propertyNames(ObjectNode object) {
    var names = new LinkedHashSet<String>();
    var properties = object.get("properties");
    object
        .path("propertyOrdering")
        .forEach(name -> {
          if (properties.has(name.asText())) {
            names.add(name.asText());
          }
        });
    names.addAll(sortedNames(properties));
    return names;
  }

  /** Names without a property are left out: the provider refuses them. */
  private void required(String pointer, ObjectNode object, ObjectNode projected) {
    var names = NODES.arrayNode();
    var required = object.get("required");
    for (int i = 0; i < required.size(); i++) {
      if (projected.path("properties").has(required.path(i).asText())) {
        names.add(required.get(i));
      } else {
        drop(pointer + "/required", String.valueOf(i));
      }
    }
    if (!names.isEmpty()) {
      projected.set("required", names);
    }
  }

  private ObjectNode schemas(String place, JsonNode map) {
    var projected = NODES.objectNode();
    for (var name : sortedNames(map)) {
      projected.set(name, project(Violation.pointer(place, name), map.get(name)));
    }
    return projected;
  }

  private static ObjectNode ordered(ObjectNode schema) {
    var ordered = NODES.objectNode();
    for (var keyword : KEYWORDS) {
      if (schema.has(keyword)) {
        ordered.set(keyword, schema.get(keyword));
      }
    }
    return ordered;
  }

  private void drop(String pointer, String name) {
    dropped.add(new Dropped(pointer, name));
  }

  private static Set<String> sortedNames(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
