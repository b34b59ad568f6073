package io.tda.worker.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures one execution under load, window by window, and reports medians. */
final class LoadFigures {
  private LoadFigures() {}

  /** Figures of a load with this many executions under way. */
  static List<Figure> of(
      String section, int inFlight, Effort effort, ClosedLoop.Execution execution)
      throws Exception {
    var loads = new ArrayList<Load>();
    for (int i = 0; i < effort.windows(); i++) {
      loads.add(ClosedLoop.run(inFlight, effort.window(), execution));
    }
    var subject = inFlight + " in flight";
    return List.of(
        Figure.perSecond(section, subject, Median.of(loads, Load::perSecond)),
        millis(section, subject, "p50", loads, 0.5),
        millis(section, subject, "p99", loads, 0.99),
        Figure.millis(section, subject, "CPU a step", Median.of(loads, Load::cpuMillis)));
  }

  /** Runs an execution until the compilers are done with it. */
  static void warmUp(Duration time, ClosedLoop.Execution execution) throws Exception {
    var _ = ClosedLoop.run(8, time, execution);
  }

  private static Figure millis(
      String section, String subject, String measure, List<Load> loads, double share) {
    return Figure.millis(
        section, subject, measure, Median.of(loads, load -> load.latencies().millis(share)));
  }
}
