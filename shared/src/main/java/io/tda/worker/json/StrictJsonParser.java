package io.tda.worker.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Refuses, token by token, what the grammar allows but cannot be kept without loss. */
final class StrictJsonParser extends JsonParserDelegate {
  // Beyond any double, and so near that arithmetic on it stays cheap.
  private static final int MAX_EXPONENT = 1_000;

  /** A number of fewer digits, and without an exponent, is one that a double can hold. */
  private static final int DOUBLE_DIGITS = 300;

  private final boolean mayHoldHalves;
  private final @Nullable OpenKeys keys;

  private StrictJsonParser(JsonParser parser, boolean mayHoldHalves, @Nullable OpenKeys keys) {
    super(parser);
    this.mayHoldHalves = mayHoldHalves;
    this.keys = keys;
  }

  /** Over a parser that finds duplicate keys itself, and then says where. */
  static StrictJsonParser ofText(JsonParser parser) {
    return new StrictJsonParser(parser, true, null);
  }

  /**
   * Over a parser that lets duplicate keys pass.
   *
   * @param mayHoldHalves whether there can be halves of surrogate pairs, so that all texts have to
   *     be looked at
   */
  static StrictJsonParser ofBytes(JsonParser parser, boolean mayHoldHalves) {
    return new StrictJsonParser(parser, mayHoldHalves, new OpenKeys());
  }

  @Override
  public @Nullable JsonToken nextToken() throws IOException {
    var token = super.nextToken();
    if (token == null) {
      return null;
    }
    switch (token) {
      case START_OBJECT, START_ARRAY, END_OBJECT, END_ARRAY -> level(token);
      case FIELD_NAME -> checkName();
      case VALUE_STRING -> checkText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> checkNumber(token);
      default -> {}
    }
    return token;
  }

  private void level(JsonToken token) {
    if (keys != null && token.isStructStart()) {
      keys.open();
    } else if (keys != null) {
      keys.close();
    }
  }

  /** The limit of the parser below is not exact for names that are read from bytes. */
  private void checkName() throws IOException {
    if (currentName().length() > StrictJson.MAX_KEY_LENGTH) {
      throw new Refused(
          "a key of more than " + StrictJson.MAX_KEY_LENGTH + " characters",
          currentTokenLocation());
    }
    if (keys != null && !keys.add(currentName())) {
      throw new Refused("duplicate key", currentTokenLocation());
    }
    checkText();
  }

  private void checkText() throws IOException {
    if (!mayHoldHalves) {
      return;
    }
    var text = getTextCharacters();
    int end = getTextOffset() + getTextLength();
    for (int i = getTextOffset(); i < end; i++) {
      if (Character.isHighSurrogate(text[i])
          && i + 1 < end
          && Character.isLowSurrogate(text[i + 1])) {
        i++;
      } else if (Character.isSurrogate(text[i])) {
        throw new Refused("half of a surrogate pair", currentTokenLocation());
      }
    }
  }

  /** By the text, as a number of {@code 1e999999999} would fill the memory once it is one. */
  private void checkNumber(JsonToken token) throws IOException {
    if (getTextLength() < DOUBLE_DIGITS
        && (token == JsonToken.VALUE_NUMBER_INT || !hasExponent())) {
      return;
    }
    var text = getText();
    if (Double.isInfinite(Double.parseDouble(text)) || Math.abs(exponent(text)) > MAX_EXPONENT) {
      throw new Refused("a number out of range", currentTokenLocation());
    }
  }

  private boolean hasExponent() throws IOException {
    var text = getTextCharacters();
    int end = getTextOffset() + getTextLength();
    for (int i = getTextOffset(); i < end; i++) {
      if (text[i] == 'e' || text[i] == 'E') {
        return true;
      }
    }
    return false;
  }

  private static long exponent(String number) {
    int e = Math.max(number.indexOf('e'), number.indexOf('E'));
    if (e < 0) {
      return 0;
    }
    var digits = number.substring(e + 1);
    return digits.length() > 9 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  /** What this parser finds wrong. */
  static final class Refused extends JsonProcessingException {
    private static final long serialVersionUID = 1L;

    private Refused(String kind, JsonLocation place) {
      super(kind, place);
    }

    String kind() {
      return getOriginalMessage();
    }
  }
}
