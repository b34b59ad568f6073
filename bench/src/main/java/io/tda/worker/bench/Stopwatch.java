package io.tda.worker.bench;

import java.util.Arrays;

/** Collects how long each of many executions took. */
final class Stopwatch {
  private long[] nanos = new long[1024];
  private int count;

  /** Executes, and adds how long it took. */
  void time(ClosedLoop.Execution execution) throws Exception {
    long started = System.nanoTime();
    execution.run();
    add(System.nanoTime() - started);
  }

  /** Adds a duration. */
  void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration;
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** All of them. */
  Distribution distribution() {
    return Distribution.of(Arrays.copyOf(nanos, count));
  }
}
