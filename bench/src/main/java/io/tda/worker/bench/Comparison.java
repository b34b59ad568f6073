package io.tda.worker.bench;

import java.util.Locale;

/** What changed between two reports, as ratios. */
final class Comparison {
  /** Below that, two runs on the same machine differ by themselves. */
  private static final double NOISE = 0.10;

  private Comparison() {}

  /** One line for each figure that both reports have. */
  static String of(Report before, Report after) {
    var text = new StringBuilder("| figure | before | after | ratio | |\n|---|--:|--:|--:|---|\n");
    for (var figure : after.figures()) {
      before.figure(figure.name()).ifPresent(earlier -> text.append(line(earlier, figure)));
    }
    return text.toString();
  }

  private static String line(Figure before, Figure after) {
    double ratio = after.value() / before.value();
    return String.format(
        Locale.ROOT,
        "| %s | %s %s | %s %s | %.2f | %s |%n",
        after.name(),
        ReportTable.number(before.value()),
        before.unit(),
        ReportTable.number(after.value()),
        after.unit(),
        ratio,
        verdict(ratio, after.better()));
  }

  private static String verdict(double ratio, Figure.Better better) {
    if (better == Figure.Better.NEITHER || Math.abs(ratio - 1) < NOISE || Double.isNaN(ratio)) {
      return "";
    }
    return ratio < 1 == (better == Figure.Better.LESS) ? "better" : "worse";
  }
}
