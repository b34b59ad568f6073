package io.tda.worker.local.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Many seeds: each on one thread, some of them side by side. */
final class Campaign {
  private static final long TOGETHER = 200;

  private final Set<FaultGroup> groups;
  private final Seams seams;

  /**
   * The sum of it.
   *
   * @param violations those seeds that violated an invariant, in their order
   */
  record Totals(
      long seeds,
      long events,
      long faults,
      Coverage coverage,
      List<Simulation.Outcome> violations) {
    @Override
    public String toString() {
      return line(seeds, events, faults, violations.size());
    }

    /** The one line that says it all. */
    static String line(long seeds, long events, long faults, long violations) {
      return "seeds=%d events=%d faults=%d violations=%d"
          .formatted(seeds, events, faults, violations);
    }
  }

  Campaign(Set<FaultGroup> groups, Seams seams) {
    this.groups = groups;
    this.seams = seams;
  }

  /**
   * Runs seeds.
   *
   * @param seen is told of each outcome, in the order of the seeds
   */
  Totals run(long first, long count, Consumer<Simulation.Outcome> seen) {
    var coverage = new Coverage();
    var violations = new ArrayList<Simulation.Outcome>();
    long events = 0;
    long faults = 0;
    for (long from = first; from < first + count; from += TOGETHER) {
      for (var outcome : together(from, Math.min(from + TOGETHER, first + count))) {
        events += outcome.events();
        faults += outcome.faults();
        coverage.addAll(outcome.coverage());
        if (outcome.violation() != null) {
          violations.add(outcome);
        }
        seen.accept(outcome);
      }
    }
    return new Totals(count, events, faults, coverage, violations);
  }

  private List<Simulation.Outcome> together(long from, long to) {
    return LongStream.range(from, to)
        .parallel()
        .mapToObj(seed -> new Simulation(seed, groups, seams, Trace.off()).run())
        .toList();
  }
}
