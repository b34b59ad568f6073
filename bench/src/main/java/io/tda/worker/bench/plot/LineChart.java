package io.tda.worker.bench.plot;

import java.util.List;
import java.util.Locale;

/** A chart of lines over two logarithmic axes. */
public record LineChart(String title, String xTitle, String yTitle, List<Series> series) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 70;
  private static final int RIGHT = WIDTH - 190;
  private static final int TOP = 50;
  private static final int BOTTOM = HEIGHT - 50;
  private static final String GRID = "#e5e7eb";
  private static final String WORDS = "#374151";

  public LineChart {
    series = series.stream().filter(it -> !it.points().isEmpty()).toList();
  }

  /** The picture. */
  public String svg() {
    var xs = series.stream().flatMap(it -> it.points().stream()).map(Series.Point::x).toList();
    var ys = series.stream().flatMap(it -> it.points().stream()).map(Series.Point::y).toList();
    var x = Scale.around(xs, LEFT, RIGHT);
    var y = Scale.around(ys, BOTTOM, TOP);
    var svg = new Svg(WIDTH, HEIGHT, title);
    grid(svg, x, y);
    for (int i = 0; i < series.size(); i++) {
      draw(svg, series.get(i), i, x, y);
    }
    return svg.toString();
  }

  private void grid(Svg svg, Scale x, Scale y) {
    for (double tick : x.ticks()) {
      svg.line(x.place(tick), TOP, x.place(tick), BOTTOM, GRID, 1);
      svg.text(x.place(tick), BOTTOM + 18, "middle", WORDS, 12, label(tick));
    }
    for (double tick : y.ticks()) {
      svg.line(LEFT, y.place(tick), RIGHT, y.place(tick), GRID, 1);
      svg.text(LEFT - 8, y.place(tick) + 4, "end", WORDS, 12, label(tick));
    }
    svg.text((LEFT + RIGHT) / 2.0, HEIGHT - 12, "middle", WORDS, 12, xTitle);
    svg.text(LEFT - 8, TOP - 10, "end", WORDS, 12, yTitle);
  }

  private static void draw(Svg svg, Series series, int number, Scale x, Scale y) {
    var colour = Svg.colour(number);
    Series.Point last = null;
    for (var point : series.points()) {
      if (last != null) {
        svg.line(
            x.place(last.x()),
            y.place(last.y()),
            x.place(point.x()),
            y.place(point.y()),
            colour,
            2);
      }
      svg.dot(x.place(point.x()), y.place(point.y()), colour);
      last = point;
    }
    svg.dot(RIGHT + 18, TOP + 6 + 20 * number, colour);
    svg.text(RIGHT + 28, TOP + 10 + 20 * number, "start", WORDS, 12, series.name());
  }

  static String label(double value) {
    return value >= 1
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%s", Math.round(value * 1e6) / 1e6);
  }
}
