package io.tda.worker.bench.plot;

import java.util.ArrayList;
import java.util.List;

/** Brings values to places on an axis, evenly by their logarithm: what grows is seen as a slope. */
record Scale(double least, double most, double start, double end) {

  /** A scale from one power of ten to another around these values. */
  static Scale around(List<Double> values, double start, double end) {
    double least = values.stream().mapToDouble(it -> it).min().orElse(1);
    double most = values.stream().mapToDouble(it -> it).max().orElse(10);
    double from = Math.pow(10, Math.floor(Math.log10(least)));
    double to = Math.pow(10, Math.ceil(Math.log10(most)));
    return new Scale(from, to > from ? to : from * 10, start, end);
  }

  /** Where a value is. */
  double place(double value) {
    double share = (Math.log(value) - Math.log(least)) / (Math.log(most) - Math.log(least));
    return start + share * (end - start);
  }

  /** The powers of ten. */
  List<Double> ticks() {
    var ticks = new ArrayList<Double>();
    for (double tick = least; tick <= most * 1.001; tick *= 10) {
      ticks.add(tick);
    }
    return ticks;
  }
}
