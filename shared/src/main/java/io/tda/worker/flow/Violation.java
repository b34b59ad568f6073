package io.tda.worker.flow;

import java.util.List;

/**
 * One rule that a document breaks. Holds where and which, never the value: a value can be payload.
 *
 * @param pointer JSON Pointer (RFC 6901) to the field, empty for the whole document
 * @param rule the rule in a few words, such as {@code "must be a string"}
 */
public record Violation(String pointer, String rule) {
  /** A broken document need not fill a log line. */
  private static final int MAX_REPORTED = 20;

  /** As long as the longest step id. */
  private static final int MAX_SEGMENT_LENGTH = 128;

  /**
   * A pointer to a field of the thing that {@code parent} points to. A name that would break a line
   * or fill it is made readable instead of exact: unprintable characters become {@code U+FFFD}, and
   * what is longer than a step id is cut.
   */
  public static String pointer(String parent, String field) {
    var segment = new StringBuilder(parent).append('/');
    field
        .codePoints()
        .limit(MAX_SEGMENT_LENGTH)
        .map(codePoint -> isPrintable(codePoint) ? codePoint : '\ufffd')
        .forEach(codePoint -> {
          switch (codePoint) {
            case '~' -> segment.append("~0");
            case '/' -> segment.append("~1");
            default -> segment.appendCodePoint(codePoint);
          }
        });
    if (field.codePointCount(0, field.length()) > MAX_SEGMENT_LENGTH) {
      segment.append('…');
    }
    return segment.toString();
  }

  /** As many of the violations as are worth reporting: the first 20. */
  static List<Violation> firstOf(List<Violation> violations) {
    return List.copyOf(violations.subList(0, Math.min(violations.size(), MAX_REPORTED)));
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return (pointer.isEmpty() ? "(document)" : pointer) + ": " + rule;
  }
}
