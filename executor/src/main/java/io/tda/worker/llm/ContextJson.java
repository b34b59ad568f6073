package io.tda.worker.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.json.StrictJson;
import java.util.Arrays;

/**
 * A JSON artifact as it is shown to the model: on one line, without white space, and unable to
 * close the tags around it. Numbers and escapes stay as they were written.
 */
public final class ContextJson {
  private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);
  private static final int ESCAPE_LENGTH = "\\u003c".length();

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
    return StrictJson.fault(bytes)
        .<Result>map(Result.Malformed::new)
        .orElseGet(() -> new Result.Parsed(new ContextJson(normalized(bytes))));
  }

  /** The text between the tags. */
  String text() {
    return text;
  }

  /**
   * Works on the bytes, since they are known to be JSON in UTF-8: outside strings only white space
   * goes, inside strings only three characters change. A tree would have to be kept from changing
   * the numbers.
   */
  private static String normalized(byte[] json) {
    var out = new byte[json.length + 64];
    int length = 0;
    boolean inString = false;
    for (int i = 0; i < json.length; i++) {
      byte b = json[i];
      if (!inString) {
        if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
          out[length++] = b;
        }
        inString = b == '"';
      } else if (b == '\\') {
        out[length++] = b;
        out[length++] = json[++i];
      } else if (b == '<' || b == '>' || b == '&') {
        int needed = length + ESCAPE_LENGTH + json.length - i;
        out = needed <= out.length ? out : Arrays.copyOf(out, needed + out.length / 2);
        length = escape(b, out, length);
      } else {
        inString = b != '"';
        out[length++] = b;
      }
    }
    return new String(out, 0, length, UTF_8);
  }

  private static int escape(byte character, byte[] out, int at) {
    out[at] = '\\';
    out[at + 1] = 'u';
    out[at + 2] = '0';
    out[at + 3] = '0';
    out[at + 4] = HEX[character >> 4];
    out[at + 5] = HEX[character & 0xf];
    return at + ESCAPE_LENGTH;
  }

  /** Leaves the content out, so that it cannot slip into a log or a message. */
  @Override
  public String toString() {
    return "ContextJson[" + text.length() + " characters]";
  }
}
