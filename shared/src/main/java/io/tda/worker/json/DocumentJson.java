package io.tda.worker.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.time.Rfc3339;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns JSON into the plain values that documents hold, and back. Whole numbers become Long, others
 * Double, as in Firestore; times become text, as JSON has none.
 */
public final class DocumentJson {
  private DocumentJson() {}

  /** An object's fields as document values. */
  public static Map<String, Object> toMap(ObjectNode object) {
    var map = LinkedHashMap.<String, Object>newLinkedHashMap(object.size());
    object.properties().forEach(field -> putUnlessNull(map, field));
    return Collections.unmodifiableMap(map);
  }

  /** A document value as JSON. */
  public static JsonNode toJson(@Nullable Object value) {
    var nodes = JsonNodeFactory.instance;
    return switch (value) {
      case null -> nodes.nullNode();
      case Map<?, ?> map -> toObject(map);
      case List<?> list -> toArray(list);
      case String text -> nodes.textNode(text);
      case Boolean flag -> nodes.booleanNode(flag);
      case Long number -> nodes.numberNode(number);
      case Integer number -> nodes.numberNode(number);
      case Double number -> nodes.numberNode(number);
      case Instant time -> nodes.textNode(Rfc3339.format(time));
      case JsonNode node -> node;
      default -> throw new IllegalStateException("no JSON for " + value.getClass().getName());
    };
  }

  /** A document's fields as JSON. */
  public static ObjectNode toObject(Map<?, ?> map) {
    var object = JsonNodeFactory.instance.objectNode();
    map.forEach((key, value) -> object.set(String.valueOf(key), toJson(value)));
    return object;
  }

  private static ArrayNode toArray(List<?> list) {
    var array = JsonNodeFactory.instance.arrayNode(list.size());
    list.forEach(element -> array.add(toJson(element)));
    return array;
  }

  private static void putUnlessNull(Map<String, Object> map, Map.Entry<String, JsonNode> field) {
    var value = toValue(field.getValue());
    if (value != null) {
      map.put(field.getKey(), value);
    }
  }

  private static @Nullable Object toValue(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> toMap((ObjectNode) node);
      case ARRAY -> toList(node);
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER ->
          node.isIntegralNumber() && node.canConvertToLong()
              ? (Object) node.longValue()
              : (Object) node.doubleValue();
      case NULL, MISSING -> null;
      case BINARY, POJO -> throw new IllegalStateException("not read from JSON");
    };
  }

  private static List<Object> toList(JsonNode array) {
    var list = new ArrayList<Object>(array.size());
    array.forEach(element -> list.add(toValue(element)));
    return Collections.unmodifiableList(list);
  }
}
