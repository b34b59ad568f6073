package io.tda.worker.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows figures to a person: one Markdown table a section, one row a subject. */
final class ReportTable {
  private ReportTable() {}

  /** The whole report, with the machine and the date above it. */
  static String of(Report report) {
    var text = new StringBuilder();
    var machine = report.machine();
    text.append(
        String.format(
            Locale.ROOT,
            "%s, %s: %d processors, %d GiB, %s, %s; load at start %.1f%n",
            report.takenAt(),
            report.effort(),
            machine.processors(),
            machine.memoryGiB(),
            machine.system(),
            machine.java(),
            machine.otherLoad()));
    var sections = new LinkedHashMap<String, List<Figure>>();
    for (var figure : report.figures()) {
      sections.computeIfAbsent(figure.section(), _ -> new ArrayList<>()).add(figure);
    }
    sections.forEach((name, figures) -> section(text, name, figures));
    return text.toString();
  }

  private static void section(StringBuilder text, String name, List<Figure> figures) {
    var measures = new LinkedHashSet<String>();
    var rows = new LinkedHashMap<String, Map<String, Figure>>();
    for (var figure : figures) {
      measures.add(figure.measure());
      rows.computeIfAbsent(figure.subject(), _ -> new LinkedHashMap<>())
          .put(figure.measure(), figure);
    }
    text.append(System.lineSeparator());
    row(text, name, measures);
    row(text, "---", measures.stream().map(_ -> "--:").toList());
    rows.forEach((subject, row) ->
        row(text, subject, measures.stream().map(measure -> cell(row.get(measure))).toList()));
  }

  private static void row(StringBuilder text, String head, Iterable<String> cells) {
    text.append("| ").append(head).append(" |");
    cells.forEach(cell -> text.append(' ').append(cell).append(" |"));
    text.append(System.lineSeparator());
  }

  private static String cell(@Nullable Figure figure) {
    return figure == null ? "" : (number(figure.value()) + " " + figure.unit()).strip();
  }

  /** Three digits, no exponent. */
  static String number(double value) {
    double size = Math.abs(value);
    int decimals =
        value == Math.rint(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
