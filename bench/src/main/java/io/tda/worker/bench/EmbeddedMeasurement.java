package io.tda.worker.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The one-process runtime with a model that answers at once: all of the worker's own code, both
 * services, the log included, and nothing else.
 */
final class EmbeddedMeasurement implements Measurement {
  private static final List<Integer> IN_FLIGHT_QUICK = List.of(1, 8);
  private static final List<Integer> IN_FLIGHT = List.of(1, 2, 4, 8, 16, 64, 256);

  @Override
  public String name() {
    return "embedded";
  }

  @Override
  public List<Figure> take(Effort effort) throws Exception {
    var figures = new ArrayList<Figure>();
    try (var steps =
        EmbeddedSteps.start(ExampleDocuments.load(), Duration.ZERO, DiscardedLog.logger())) {
      LoadFigures.warmUp(effort.warmUp(), steps::execute);
      for (int inFlight : effort == Effort.QUICK ? IN_FLIGHT_QUICK : IN_FLIGHT) {
        figures.addAll(LoadFigures.of(name(), inFlight, effort, steps::execute));
      }
    }
    return figures;
  }
}
