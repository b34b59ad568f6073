package io.tda.worker.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.TreeMap;

/**
 * The one byte form of a JSON value, for hashing: keys sorted by UTF-16 code unit at every level,
 * no white space, UTF-8, characters beyond ASCII as they are. Whole numbers are plain digits;
 * others have the fewest digits, one after the point at least. So a value has the same form whether
 * it comes from a file, with digits as they were typed, or from a document, as a double.
 */
public final class CanonicalJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();
  private static final int MAX_ZEROS = 400; // beyond any double; 1e999999999 is not spelled out

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
      case NumericNode number when !number.isIntegralNumber() && !number.isNaN() ->
          MAPPER.getNodeFactory().numberNode(shortest(number.decimalValue()));
      default -> value;
    };
  }

  private static BigDecimal shortest(BigDecimal number) {
    var stripped = number.stripTrailingZeros();
    return stripped.scale() < 1 && stripped.scale() > -MAX_ZEROS ? stripped.setScale(1) : stripped;
  }
}
