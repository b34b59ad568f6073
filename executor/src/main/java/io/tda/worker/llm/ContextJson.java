package io.tda.worker.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.json.StrictJson;

/**
 * A JSON artifact as it is shown to the model: on one line, without white space, and unable to
 * close the tags around it. Numbers and escapes stay as they were written.
 */
public final class ContextJson {
  private final String text;

  private ContextJson(String text) {
    this.text = text;
  }

  /** What became of an artifact. */
  public sealed interface Result {

    /** It is JSON. */
    record Parsed(ContextJson json) implements Result {}

    /**
     * It is not.
     *
     * @param reason where and why, without the content
     */
    record Malformed(String reason) implements Result {}
  }

  /** Reads a whole artifact. */
  public static Result parse(byte[] bytes) {
    return switch (StrictJson.parse(bytes)) {
      case StrictJson.Result.Malformed(var reason) -> new Result.Malformed(reason);
      case StrictJson.Result.Parsed _ ->
          new Result.Parsed(new ContextJson(normalized(new String(bytes, UTF_8))));
    };
  }

  /** The text between the tags. */
  String text() {
    return text;
  }

  /**
   * Works on the text, since it is known to be JSON: outside strings only white space goes, inside
   * strings only three characters change. A tree would have to be kept from changing the numbers.
   */
  private static String normalized(String json) {
    var normalized = new StringBuilder(json.length() + 64);
    boolean inString = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (!inString) {
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
          normalized.append(c);
        }
        inString = c == '"';
      } else if (c == '\\') {
        normalized.append(c).append(json.charAt(++i));
      } else {
        inString = c != '"';
        appendEscaped(normalized, c);
      }
    }
    return normalized.toString();
  }

  private static void appendEscaped(StringBuilder text, char c) {
    switch (c) {
      case '<' -> text.append("\\u003c");
      case '>' -> text.append("\\u003e");
      case '&' -> text.append("\\u0026");
      default -> text.append(c);
    }
  }

  /** Leaves the content out, so that it cannot slip into a log or a message. */
  @Override
  public String toString() {
    return "ContextJson[" + text.length() + " characters]";
  }
}
