package io.tda.worker.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as RFC 8259 has it, and nothing else: UTF-8 without a byte order mark, no duplicate
 * keys, nothing after the value, no deeper than {@value #MAX_DEPTH} levels, no half of a surrogate
 * pair, no number that a double cannot hold. Numbers keep their digits. Error texts give a place
 * and a kind, never the input.
 */
public final class StrictJson {
  /** The deepest nesting that is read; Firestore's own limit is 20. */
  public static final int MAX_DEPTH = 100;

  private static final int MAX_NUMBER_LENGTH = 1_000;
  static final int MAX_KEY_LENGTH = 10_000;
  static final String BYTE_ORDER_MARK = "\uFEFF";

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .maxNameLength(MAX_KEY_LENGTH)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // Or 100.0 would be written as 1E+2.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** How the parser's messages start, and what is passed on instead. */
  private static final Map<String, String> KINDS = kinds();

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
    return ByteWiseJson.tree(bytes)
        .<Result>map(Result.Parsed::new)
        .orElseGet(() -> parseAsText(bytes));
  }

  /**
   * What {@link #parse(byte[])} would find wrong; empty where it is JSON. Keeps nothing of it, and
   * costs a third.
   */
  public static Optional<String> fault(byte[] bytes) {
    return ByteWiseJson.isSound(bytes)
            || !(parseAsText(bytes) instanceof Result.Malformed(var reason))
        ? Optional.empty()
        : Optional.of(reason);
  }

  private static Result parseAsText(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    try {
      return parse(UTF_8.newDecoder().decode(in).toString());
    } catch (CharacterCodingException e) {
      return new Result.Malformed("not valid UTF-8 at byte " + (in.position() + 1));
    }
  }

  /** Reads a whole text. */
  public static Result parse(String text) {
    if (text.startsWith(BYTE_ORDER_MARK)) {
      return new Result.Malformed("starts with a byte order mark");
    }
    try (var parser = StrictJsonParser.ofText(MAPPER.createParser(text))) {
      JsonNode value = MAPPER.readTree(parser);
      if (value == null || value.isMissingNode()) {
        return new Result.Malformed("empty");
      }
      return parser.nextToken() == null
          ? new Result.Parsed(value)
          : malformed(parser.currentTokenLocation(), "more than one value");
    } catch (JsonProcessingException e) {
      return malformed(e.getLocation(), kind(e));
    } catch (IOException e) {
      throw new UncheckedIOException("a text cannot be read", e);
    }
  }

  private static Result malformed(@Nullable JsonLocation place, String kind) {
    return new Result.Malformed(
        place == null
            ? kind
            : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": " + kind);
  }

  /** The parser's own message quotes the input; only its kind may be passed on. */
  private static String kind(JsonProcessingException e) {
    if (e instanceof StrictJsonParser.Refused refused) {
      return refused.kind();
    }
    var message = String.valueOf(e.getOriginalMessage());
    return KINDS.entrySet().stream()
        .filter(kind -> message.startsWith(kind.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("not JSON");
  }

  private static Map<String, String> kinds() {
    var kinds = new LinkedHashMap<String, String>();
    kinds.put("Duplicate", "duplicate key");
    kinds.put("Unexpected end-of-input", "ends too early");
    kinds.put("Document nesting depth", "nested deeper than " + MAX_DEPTH + " levels");
    kinds.put("Number value length", "a number of more than " + MAX_NUMBER_LENGTH + " digits");
    kinds.put("Name length", "a key of more than " + MAX_KEY_LENGTH + " characters");
    kinds.put("Name value length", "a key of more than " + MAX_KEY_LENGTH + " characters");
    kinds.put("Illegal unquoted character", "a control character in a string");
    kinds.put("Unrecognized character escape", "an unknown escape in a string");
    kinds.put("Unexpected character", "an unexpected character");
    kinds.put("Unrecognized token", "an unknown word");
    kinds.put("Non-standard token", "an unknown word");
    kinds.put("Invalid numeric value", "a malformed number");
    return kinds;
  }
}
