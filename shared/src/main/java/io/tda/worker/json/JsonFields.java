package io.tda.worker.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object and reports all that is wrong with them, not only the first.
 * Fields that nobody asks for are ignored; null counts as absent.
 *
 * <p>Where a field that must be there is not, or is of another type, the answer is null and the
 * fault is reported.
 */
public final class JsonFields {
  private static final JsonType<ArrayNode> ARRAY =
      new JsonType<>(
          node -> node instanceof ArrayNode array ? Optional.of(array) : Optional.empty(),
          "must be an array");

  private final ObjectNode object;
  private final String pointer;
  private final Rejections rejections;

  /**
   * @param pointer JSON Pointer to the object, empty for the whole document
   */
  public JsonFields(ObjectNode object, String pointer, Rejections rejections) {
    this.object = object;
    this.pointer = pointer;
    this.rejections = rejections;
  }

  /** Takes what is wrong: where, and the rule that is broken; never the value. */
  @FunctionalInterface
  public interface Rejections {
    void reject(String pointer, String rule);
  }

  /** The value of a field that must be there. */
  public <T> @Nullable T required(String name, JsonType<T> type) {
    if (object.path(name).isMissingNode() || object.path(name).isNull()) {
      rejections.reject(pointer + "/" + name, "is missing");
      return null;
    }
    return optional(name, type);
  }

  /** The value of a field that may be absent. */
  public <T> @Nullable T optional(String name, JsonType<T> type) {
    var node = object.path(name);
    return node.isMissingNode() || node.isNull() ? null : read(node, pointer + "/" + name, type);
  }

  /** The fields of an object that must be there. */
  public @Nullable JsonFields object(String name) {
    var nested = required(name, JsonType.OBJECT);
    return nested == null ? null : new JsonFields(nested, pointer + "/" + name, rejections);
  }

  /** The elements of an array that must be there, those that are of the type. */
  public <T> List<T> list(String name, JsonType<T> type) {
    var array = required(name, ARRAY);
    var elements = new ArrayList<T>();
    for (int i = 0; array != null && i < array.size(); i++) {
      var element = read(array.path(i), pointer + "/" + name + "/" + i, type);
      if (element != null) {
        elements.add(element);
      }
    }
    return List.copyOf(elements);
  }

  private <T> @Nullable T read(JsonNode node, String place, JsonType<T> type) {
    var value = type.read().apply(node);
    if (value.isEmpty()) {
      rejections.reject(place, type.rule());
    }
    return value.orElse(null);
  }
}
