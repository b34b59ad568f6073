package io.tda.worker.llm;

import io.tda.worker.artifact.GcsUri;

/**
 * Writes the user text of a request. The same input gives the same text; nothing in it but the
 * prompt can look like one of our tags.
 */
public final class UserInputAssembler {
  private UserInputAssembler() {}

  /** The whole text. */
  public static String assemble(UserInput input) {
    var symbol = TagText.escaped(TagText.singleLine(input.symbol()));
    var text = new StringBuilder(length(input));
    text.append(input.userPrompt())
        .append("\n\n## UserInput\n")
        .append("Symbol: ")
        .append(symbol)
        .append("\nTimeframe: ")
        .append(input.timeframe())
        .append("\n\n");
    json(
        text,
        input.timeframe() + " OHLCV candles (JSON)",
        input.ohlcv().uri(),
        input.ohlcv().content());
    charts(text, input);
    for (var report : input.previousReports()) {
      var step = report.source().stepId();
      var label = step == null ? "external" : TagText.escaped(step.value());
      json(text, "Previous report (" + label + ") (JSON)", report.source().uri(), report.content());
    }
    return text.append("<task>Analyse the context above for ")
        .append(symbol)
        .append(" on the ")
        .append(input.timeframe())
        .append(" timeframe and answer with the JSON report only.</task>")
        .toString();
  }

  private static void json(StringBuilder text, String type, GcsUri uri, ContextJson content) {
    text.append("<context>\n  <data_type>")
        .append(type)
        .append("</data_type>\n  <source>")
        .append(TagText.escaped(uri.toString()))
        .append("</source>\n  <content>")
        .append(content.text())
        .append("</content>\n</context>\n");
  }

  private static void charts(StringBuilder text, UserInput input) {
    if (input.charts().isEmpty()) {
      return;
    }
    text.append("<context>\n  <data_type>Technical charts (images)</data_type>\n  <content>\n    [")
        .append(input.charts().size())
        .append(" images are attached to this message, in this order]\n");
    for (int i = 0; i < input.charts().size(); i++) {
      text.append("    ")
          .append(i + 1)
          .append(". ")
          .append(TagText.escaped(TagText.singleLine(input.charts().get(i))))
          .append('\n');
    }
    text.append("  </content>\n</context>\n");
  }

  private static int length(UserInput input) {
    int length = 2048 + input.userPrompt().length() + input.ohlcv().content().text().length();
    for (var report : input.previousReports()) {
      length += 2048 + report.content().text().length();
    }
    return length;
  }
}
