package io.tda.worker.log;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Collection;
import java.util.Map;

/**
 * Writes what the {@link FieldGate} let through as JSON. Without a library's generator: a log line
 * is written some twenty times a step, and needs no features.
 */
final class JsonText {
  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

  private static final int QUOTES = 2;
  private static final int BRACKETS = 1; // an opening one; each comma stands for what comes last
  private static final int SEPARATORS = 2;

  private JsonText() {}

  /** Appends {@code "name":value}, after a comma where it is not the first of its object. */
  static void member(StringBuilder out, String name, Object value) {
    if (out.charAt(out.length() - 1) != '{') {
      out.append(',');
    }
    text(out, name);
    out.append(':');
    value(out, value);
  }

  /** Appends a value. */
  static void value(StringBuilder out, Object value) {
    switch (value) {
      case String text -> text(out, text);
      case Map<?, ?> map -> {
        out.append('{');
        map.forEach((name, element) -> member(out, (String) name, element));
        out.append('}');
      }
      case Collection<?> list -> list(out, list);
      case Boolean flag -> out.append(flag.booleanValue());
      case Number number -> out.append(number);
      default -> throw new IllegalStateException("not admitted: " + value.getClass().getName());
    }
  }

  /** How many characters a value takes at least: where none needs an escape. */
  static int length(Object value) {
    return switch (value) {
      case String text -> text.length() + QUOTES;
      case Map<?, ?> map -> {
        int length = BRACKETS;
        for (var member : map.entrySet()) {
          length += length(member.getKey()) + SEPARATORS + length(member.getValue());
        }
        yield length;
      }
      case Collection<?> list -> {
        int length = BRACKETS;
        for (var element : list) {
          length += length(element) + 1;
        }
        yield length;
      }
      default -> 1;
    };
  }

  private static void list(StringBuilder out, Collection<?> list) {
    out.append('[');
    var separator = "";
    for (var element : list) {
      out.append(separator);
      value(out, element);
      separator = ",";
    }
    out.append(']');
  }

  private static void text(StringBuilder out, String text) {
    out.append('"');
    if (isPlain(text)) {
      out.append(text);
    } else {
      ENCODER.quoteAsString(text, out);
    }
    out.append('"');
  }

  /** Whether a text needs no escapes, as most do: it is then copied at once. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
