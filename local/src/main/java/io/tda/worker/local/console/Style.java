package io.tda.worker.local.console;

/** Colours and symbols, where the output is a terminal; plain words elsewhere. */
public enum Style {
  /** For files and pipes: plain ASCII around the content, no control sequences. */
  PLAIN,
  /** For a person in front of a terminal. */
  TERMINAL;

  private static final String RESET = "\u001b[0m";

  /**
   * The style for standard error or output.
   *
   * @param isTerminal whether a person is looking
   * @param noColor the value of {@code NO_COLOR}, the convention of no-color.org; empty if unset
   */
  public static Style of(boolean isTerminal, String noColor) {
    return isTerminal && noColor.isEmpty() ? TERMINAL : PLAIN;
  }

  String good(String text) {
    return coloured("32", text);
  }

  String bad(String text) {
    return coloured("31", text);
  }

  String warning(String text) {
    return coloured("33", text);
  }

  String faint(String text) {
    return coloured("2", text);
  }

  String bold(String text) {
    return coloured("1", text);
  }

  private String coloured(String code, String text) {
    return this == TERMINAL ? "\u001b[" + code + "m" + text + RESET : text;
  }
}
