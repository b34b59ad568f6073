package io.tda.worker.local.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows the little Markdown that a report's summary uses in a terminal: headings and bold. */
final class MarkdownText {
  private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*)$");
  private static final Pattern BOLD = Pattern.compile("\\*\\*(.+?)\\*\\*");

  /** A report is a model's text: it may not move the cursor or set the title. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

  private MarkdownText() {}

  static String render(String markdown, Style style) {
    var text = new StringBuilder();
    for (var line : CONTROL.matcher(markdown).replaceAll("").split("\n", -1)) {
      var heading = HEADING.matcher(line);
      text.append("  ");
      if (style == Style.PLAIN) {
        text.append(line);
      } else if (heading.matches()) {
        text.append(style.bold(heading.group(1)));
      } else {
        text.append(BOLD.matcher(line).replaceAll(match -> style.bold(quoted(match.group(1)))));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }
}
