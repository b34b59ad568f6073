package io.tda.worker.bench;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of some values: on a machine with other work on it, the mean says little. */
final class Median {
  private Median() {}

  /** The median of what is measured on each element. */
  static <T> double of(Collection<T> elements, ToDoubleFunction<T> measure) {
    List<Double> sorted = elements.stream().map(measure::applyAsDouble).sorted().toList();
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
