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

  StrictJsonParser(JsonParser parser) {
    super(parser);
  }

  @Override
  public @Nullable JsonToken nextToken() throws IOException {
    var token = super.nextToken();
    if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
      checkText(getText());
    } else if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
      checkNumber();
    }
    return token;
  }

  private void checkText(String text) throws Refused {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new Refused("half of a surrogate pair", currentTokenLocation());
      }
    }
  }

  /** By the text, as a number of {@code 1e999999999} would fill the memory once it is one. */
  private void checkNumber() throws IOException {
    var text = getText();
    if (Double.isInfinite(Double.parseDouble(text)) || Math.abs(exponent(text)) > MAX_EXPONENT) {
      throw new Refused("a number out of range", currentTokenLocation());
    }
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
