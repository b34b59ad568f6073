package io.tda.worker.llm;

/** Text from elsewhere, made fit to stand between tags. */
final class TagText {
  private static final int MAX_CODE_POINTS = 500;

  private TagText() {}

  /** The text with {@code &}, {@code <} and {@code >} escaped. */
  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /**
   * The text on one line: runs of white space and control characters become one space, halves of
   * surrogate pairs become U+FFFD, and what is beyond 500 characters is cut off.
   */
  static String singleLine(String text) {
    var line = new StringBuilder();
    int count = 0;
    boolean gap = false;
    for (int codePoint : text.codePoints().toArray()) {
      if (isGap(codePoint)) {
        gap = count > 0;
        continue;
      }
      if (count + (gap ? 1 : 0) >= MAX_CODE_POINTS) {
        break;
      }
      count += gap ? 2 : 1;
      line.append(gap ? " " : "").appendCodePoint(isHalf(codePoint) ? 0xFFFD : codePoint);
      gap = false;
    }
    return line.toString();
  }

  private static boolean isGap(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || Character.isISOControl(codePoint);
  }

  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }
}
