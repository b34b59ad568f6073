package io.tda.worker.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a JSON value may be, and what it then means.
 *
 * @param read empty where the value is not of this type
 * @param rule what it has to be, for messages
 */
public record JsonType<T>(Function<JsonNode, Optional<T>> read, String rule) {
  /** A text of at least one character. */
  public static final JsonType<String> TEXT =
      text(text -> Optional.of(text).filter(it -> !it.isEmpty()), "must be a text, not empty");

  /** An object. */
  public static final JsonType<ObjectNode> OBJECT =
      new JsonType<>(
          node -> node instanceof ObjectNode fields ? Optional.of(fields) : Optional.empty(),
          "must be an object");

  /** A text with a meaning of its own. */
  public static <T> JsonType<T> text(Function<String, Optional<T>> parser, String rule) {
    return new JsonType<>(
        node -> node.isTextual() ? parser.apply(node.textValue()) : Optional.empty(), rule);
  }

  /** A whole number between the two, both included. */
  public static JsonType<Long> wholeNumber(long min, long max) {
    return new JsonType<>(
        node ->
            node.isIntegralNumber()
                    && node.canConvertToLong()
                    && node.longValue() >= min
                    && node.longValue() <= max
                ? Optional.of(node.longValue())
                : Optional.empty(),
        "must be a whole number from " + min + " to " + max);
  }
}
