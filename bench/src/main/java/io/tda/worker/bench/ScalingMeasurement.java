package io.tda.worker.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** How cost grows with what there is: steps of a run, leases, size of the context. */
final class ScalingMeasurement implements Measurement {
  private static final List<Integer> STEPS = List.of(1, 10, 100, 1_000, 10_000);
  private static final List<Integer> LEASES = List.of(1_000, 10_000, 100_000);
  private static final List<Integer> CONTEXTS = List.of(1, 2, 4, 8);

  /** All of it happens on one thread, whose processor time nobody else on the machine disturbs. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Override
  public String name() {
    return "scaling";
  }

  @Override
  public List<Figure> take(Effort effort) {
    int repetitions = effort == Effort.QUICK ? 40 : 200;
    var figures = new ArrayList<Figure>();
    for (int steps : STEPS) {
      var event = new WideRunEvent(steps);
      double millis = median(repetitions, event::prepare, event::handle);
      figures.add(millis("event of a run of " + steps + " steps", millis));
      figures.add(micros("event of a run of " + steps + " steps", "a step", millis, steps));
    }
    for (int leases : LEASES) {
      var sweep = new ExpiredLeases(leases);
      double millis = median(effort == Effort.QUICK ? 3 : 5, sweep::prepare, sweep::sweep);
      figures.add(millis("sweep of " + leases + " expired leases", millis));
      figures.add(micros("sweep of " + leases + " expired leases", "a lease", millis, leases));
    }
    for (int contexts : CONTEXTS) {
      var assembly = new AssemblyBenchmark();
      assembly.reports = contexts;
      assembly.makeArtifacts();
      double millis = median(repetitions * 5, () -> {}, assembly::parseAndAssemble);
      figures.add(millis("prompt with " + contexts + " reports of 64 KiB", millis));
      figures.add(
          micros(
              "prompt with " + contexts + " reports of 64 KiB",
              "a KiB",
              millis,
              64 * (contexts + 1)));
    }
    return figures;
  }

  private Figure millis(String subject, double millis) {
    return Figure.millis(name(), subject, "median", millis);
  }

  private Figure micros(String subject, String each, double millis, int count) {
    return new Figure(name(), subject, each, millis * 1e3 / count, "us", Figure.Better.LESS);
  }

  /** The median processor time of the second action; the first makes it ready each time. */
  private static double median(int repetitions, Runnable prepare, Runnable action) {
    for (int i = 0; i < repetitions; i++) {
      prepare.run();
      action.run();
    }
    var stopwatch = new Stopwatch();
    for (int i = 0; i < repetitions; i++) {
      prepare.run();
      long started = THREADS.getCurrentThreadCpuTime();
      action.run();
      stopwatch.add(THREADS.getCurrentThreadCpuTime() - started);
    }
    return stopwatch.distribution().millis(0.5);
  }
}
