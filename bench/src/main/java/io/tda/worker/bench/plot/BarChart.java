package io.tda.worker.bench.plot;

import java.util.List;
import java.util.Locale;

/** A chart of bars, one below the other, with two values each. */
public record BarChart(String title, String unit, String first, String second, List<Bar> bars) {
  private static final int WIDTH = 640;
  private static final int LEFT = 210;
  private static final int RIGHT = WIDTH - 70;
  private static final int TOP = 60;
  private static final int ROW = 34;
  private static final String WORDS = "#374151";

  public BarChart {
    bars = List.copyOf(bars);
  }

  /** One row. */
  public record Bar(String name, double first, double second) {}

  /** The picture. */
  public String svg() {
    double most = bars.stream().mapToDouble(bar -> Math.max(bar.first, bar.second)).max().orElse(1);
    var svg = new Svg(WIDTH, TOP + ROW * bars.size() + 16, title);
    legend(svg);
    for (int i = 0; i < bars.size(); i++) {
      var bar = bars.get(i);
      double y = TOP + ROW * i;
      svg.text(LEFT - 10, y + 16, "end", WORDS, 12, bar.name());
      value(svg, y, bar.first, most, Svg.colour(0));
      value(svg, y + 13, bar.second, most, Svg.colour(1));
    }
    return svg.toString();
  }

  private void legend(Svg svg) {
    svg.dot(LEFT + 6, 44, Svg.colour(0)).text(LEFT + 16, 48, "start", WORDS, 12, first);
    svg.dot(LEFT + 106, 44, Svg.colour(1)).text(LEFT + 116, 48, "start", WORDS, 12, second);
  }

  private void value(Svg svg, double y, double value, double most, String colour) {
    double width = value / most * (RIGHT - LEFT);
    svg.box(LEFT, y, width, 11, colour);
    svg.text(
        LEFT + width + 6,
        y + 10,
        "start",
        WORDS,
        10,
        String.format(Locale.ROOT, "%.1f %s", value, unit));
  }
}
