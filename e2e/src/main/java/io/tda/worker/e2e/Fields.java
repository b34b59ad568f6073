package io.tda.worker.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nested fields of documents. */
final class Fields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Fields() {}

  /** Sets a field; objects on the way are made. */
  static void set(Map<String, Object> document, Object value, String... path) {
    parent(document, path).put(path[path.length - 1], value);
  }

  /** Removes a field. */
  static void remove(Map<String, Object> document, String... path) {
    parent(document, path).remove(path[path.length - 1]);
  }

  /** A copy whose objects can be changed. */
  static Map<String, Object> copy(Map<String, Object> document) {
    var copy = new LinkedHashMap<String, Object>();
    document.forEach((name, value) -> copy.put(name, value instanceof Map ? copyOf(value) : value));
    return copy;
  }

  /** For reading: what JSON does not know becomes text. */
  static JsonNode json(Map<String, Object> document) {
    return JSON.valueToTree(plain(document));
  }

  static Map<String, Object> child(Map<String, Object> map, String name) {
    return map(map.computeIfAbsent(name, _ -> new LinkedHashMap<>()));
  }

  private static Map<String, Object> copyOf(Object map) {
    return copy(map(map));
  }

  private static Map<String, Object> parent(Map<String, Object> document, String... path) {
    var at = document;
    for (int i = 0; i < path.length - 1; i++) {
      at = child(at, path[i]);
    }
    return at;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var plain = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, field) -> plain.put((String) name, plain(field)));
        yield plain;
      }
      case List<?> list -> {
        var plain = new ArrayList<@Nullable Object>();
        list.forEach(item -> plain.add(plain(item)));
        yield plain;
      }
      case String text -> text;
      case Number number -> number;
      case Boolean flag -> flag;
      case null -> null;
      default -> value.toString();
    };
  }

  @SuppressWarnings("unchecked") // documents have no other maps
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
