package io.tda.worker.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Reads JSON as RFC 8259 has it, and nothing else: UTF-8, no duplicate keys, nothing after the
 * value, no deeper than {@value #MAX_DEPTH} levels. Numbers keep their digits. Error texts give a
 * place and a kind, never the input.
 */
public final class StrictJson {
  /** The deepest nesting that is read; Firestore's own limit is 20. */
  public static final int MAX_DEPTH = 100;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // Otherwise 100.0 would become 1E+2, and hash and print differently from what was read.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private StrictJson() {}

  /** What became of a text. */
  public sealed interface Result {

    /** It is JSON. */
    record Parsed(JsonNode value) implements Result {}

    /**
     * It is not.
     *
     * @param reason where and why, such as {@code "line 3, column 7: duplicate key"}
     */
    record Malformed(String reason) implements Result {}
  }

  /** Reads a whole file or message. */
  public static Result parse(byte[] bytes) {
    try {
      return parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return new Result.Malformed("not valid UTF-8");
    }
  }

  /** Reads a whole text. */
  public static Result parse(String text) {
    try {
      var value = MAPPER.readTree(text);
      return value == null || value.isMissingNode()
          ? new Result.Malformed("empty")
          : new Result.Parsed(value);
    } catch (StreamConstraintsException e) {
      return new Result.Malformed(
          "nested deeper than " + MAX_DEPTH + " levels, or a number too long");
    } catch (JsonProcessingException e) {
      return new Result.Malformed(place(e) + kind(e));
    }
  }

  private static String place(JsonProcessingException e) {
    var location = e.getLocation();
    return location == null
        ? ""
        : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
  }

  /** The parser's own message quotes the input; only its kind may be passed on. */
  private static String kind(JsonProcessingException e) {
    var message = String.valueOf(e.getOriginalMessage());
    if (message.startsWith("Duplicate")) {
      return "duplicate key";
    }
    if (message.startsWith("Trailing token")) {
      return "more than one value";
    }
    if (message.startsWith("Unexpected end-of-input")) {
      return "ends too early";
    }
    return "not JSON";
  }
}
