package io.tda.worker.infra.hcl;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The value of an expression that needs no evaluation: text, number, true, false, null, lists and
 * objects of these. Text keeps its {@code ${…}}.
 */
public final class Constant {
  private static final Object NULL = Optional.empty();

  private final String text;
  private int at;

  private Constant(String text) {
    this.text = text;
  }

  /** Empty where something would have to be evaluated. */
  public static Optional<Object> of(String expression) {
    Constant reader = new Constant(expression);
    try {
      Object value = reader.value();
      reader.skipBlank();
      return reader.at == expression.length() ? Optional.of(value) : Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException evaluated) {
      return Optional.empty();
    }
  }

  private Object value() {
    skipBlank();
    return switch (text.charAt(at)) {
      case '"' -> string();
      case '[' -> list();
      case '{' -> object();
      default -> word();
    };
  }

  private Object word() {
    int start = at;
    while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || isInner())) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> NULL;
      default -> new BigDecimal(word);
    };
  }

  private boolean isInner() {
    return "_.-".indexOf(text.charAt(at)) >= 0;
  }

  private String string() {
    StringBuilder value = new StringBuilder();
    at++;
    while (text.charAt(at) != '"') {
      if (text.startsWith("${", at)) {
        int end = text.indexOf('}', at) + 1;
        value.append(text, at, end);
        at = end;
      } else {
        if (text.charAt(at) == '\\') {
          at++;
        }
        value.append(text.charAt(at++));
      }
    }
    at++;
    return value.toString();
  }

  private List<Object> list() {
    List<Object> values = new ArrayList<>();
    at++;
    skipBlank();
    while (text.charAt(at) != ']') {
      values.add(value());
      skipSeparators();
    }
    at++;
    return values;
  }

  private Map<String, Object> object() {
    Map<String, Object> values = new LinkedHashMap<>();
    at++;
    skipBlank();
    while (text.charAt(at) != '}') {
      String key = text.charAt(at) == '"' ? string() : key();
      skipBlank();
      if (text.charAt(at) != '=' && text.charAt(at) != ':') {
        throw new IllegalArgumentException("no constant object");
      }
      at++;
      values.put(key, value());
      skipSeparators();
    }
    at++;
    return values;
  }

  private String key() {
    int start = at;
    while (Character.isLetterOrDigit(text.charAt(at)) || isInner()) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skipSeparators() {
    while (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ',') {
      at++;
    }
  }

  private void skipBlank() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
