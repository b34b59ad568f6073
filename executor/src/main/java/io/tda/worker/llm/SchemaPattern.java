package io.tda.worker.llm;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A {@code pattern} of a schema, of bounded cost: one that backtracks without end gives up.
 *
 * @param pattern with {@code $} meaning the very end, as in ECMA-262
 */
record SchemaPattern(Pattern pattern) implements RegularExpression {
  /** About a second. Each step back reads characters again. */
  private static final int MAX_READS = 50_000_000;

  static SchemaPattern compile(String regex) {
    return new SchemaPattern(Pattern.compile(endAnchors(regex)));
  }

  @Override
  public boolean matches(String value) {
    return pattern.matcher(new CountedText(value, new int[1])).find();
  }

  /** In Java {@code $} also matches before a final line break. */
  private static String endAnchors(String regex) {
    var text = new StringBuilder();
    boolean inClass = false;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '\\' && i + 1 < regex.length()) {
        text.append(c).append(regex.charAt(++i));
      } else if (c == '$' && !inClass) {
        text.append("\\z");
      } else {
        inClass = c == '[' || (inClass && c != ']');
        text.append(c);
      }
    }
    return text.toString();
  }

  /** Counts how often the matcher reads, over all of its parts. */
  @SuppressWarnings("ArrayRecordComponent") // one counter, shared on purpose
  private record CountedText(String text, int[] reads) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (++reads[0] > MAX_READS) {
        throw new SchemaEvaluation.Limit();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new CountedText(text.substring(start, end), reads);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
