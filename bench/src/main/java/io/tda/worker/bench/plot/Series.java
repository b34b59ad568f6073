package io.tda.worker.bench.plot;

import java.util.List;

/** Some points that belong together, in the order of their x. */
public record Series(String name, List<Point> points) {
  public Series {
    points = List.copyOf(points);
  }

  /** Both are positive. */
  public record Point(double x, double y) {}
}
