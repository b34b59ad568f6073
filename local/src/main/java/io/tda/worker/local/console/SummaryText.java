package io.tda.worker.local.console;

import java.io.PrintWriter;
import java.util.Locale;

/** A summary for a person: a title, labelled lines, and the report's own summary. */
public final class SummaryText {
  private final PrintWriter out;
  private final Style style;

  public SummaryText(PrintWriter out, Style style) {
    this.out = out;
    this.style = style;
  }

  /** The one word that matters most. */
  public void title(String text, boolean good) {
    out.println(style.bold(good ? style.good(text) : style.bad(text)));
  }

  /** A labelled value. */
  public void line(String label, String value) {
    out.println(style.faint(String.format(Locale.ROOT, "  %-9s", label)) + value);
  }

  /** Writes what has been said so far. */
  public void flush() {
    out.flush();
  }

  /** The report's summary, set off from the rest. */
  public void markdown(String markdown) {
    out.println();
    out.print(MarkdownText.render(markdown, style));
    out.flush();
  }
}
