package io.tda.worker.id;

import java.util.Optional;

/**
 * The key of a step in its run's {@code steps} map.
 *
 * <p>The id becomes part of a field path, a document id and an object name. That is what the rules
 * are for: Firestore reserves {@code __…__}, and a dot, a slash or white space would change the
 * meaning of one of the three.
 *
 * @param value 1 to 128 characters, none of them {@code .}, {@code /}, white space, a control
 *     character or half of a surrogate pair
 */
public record StepId(String value) implements Comparable<StepId> {
  private static final int MAX_LENGTH = 128;

  /** What an id has to look like, for messages. */
  public static final String RULE =
      "must have 1 to 128 characters, no dot, slash, white space or control character, and not be __…__";

  public StepId {
    if (!isSafe(value)) {
      throw new IllegalArgumentException("step id " + RULE);
    }
  }

  /** The id, or empty where the text is not a safe one. */
  public static Optional<StepId> parse(String text) {
    return isSafe(text) ? Optional.of(new StepId(text)) : Optional.empty();
  }

  /** Whether the text may be used as a step id. */
  public static boolean isSafe(String text) {
    return !text.isEmpty()
        && text.codePointCount(0, text.length()) <= MAX_LENGTH
        && !(text.startsWith("__") && text.endsWith("__"))
        && isSafeThroughout(text);
  }

  /** A loop, since a run of 10,000 steps has 10,000 ids to check at every event. */
  private static boolean isSafeThroughout(String text) {
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      if (!isSafe(codePoint)) {
        return false;
      }
      i += Character.charCount(codePoint);
    }
    return true;
  }

  private static boolean isSafe(int codePoint) {
    if ((codePoint >= 'a' && codePoint <= 'z') || (codePoint >= '0' && codePoint <= '9')) {
      return true;
    }
    return codePoint != '.'
        && codePoint != '/'
        && !Character.isISOControl(codePoint)
        && !Character.isWhitespace(codePoint)
        && !Character.isSpaceChar(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }

  /** UTF-16 code unit order, the order in which steps are selected. */
  @Override
  public int compareTo(StepId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
