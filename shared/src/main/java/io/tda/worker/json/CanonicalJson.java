package io.tda.worker.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;

/**
 * The one byte form of a JSON value, for hashing: keys sorted by UTF-16 code unit at every level,
 * no white space, UTF-8, characters beyond ASCII as they are.
 */
public final class CanonicalJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private CanonicalJson() {}

  /** The canonical bytes. */
  public static byte[] bytes(JsonNode value) {
    try {
      return MAPPER.writeValueAsString(sorted(value)).getBytes(UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree cannot be written", e);
    }
  }

  /** The SHA-256 of the canonical bytes, lower-case hex. */
  public static String sha256(JsonNode value) {
    return Sha256.hex(bytes(value));
  }

  /** The value with its keys sorted at every level. */
  public static JsonNode sorted(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        var fields = new TreeMap<String, JsonNode>();
        object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
        yield MAPPER.createObjectNode().setAll(fields);
      }
      case ArrayNode array -> {
        var elements = MAPPER.createArrayNode();
        array.forEach(element -> elements.add(sorted(element)));
        yield elements;
      }
      default -> value;
    };
  }
}
