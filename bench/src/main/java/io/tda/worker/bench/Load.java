package io.tda.worker.bench;

import java.time.Duration;

/**
 * What a load did within its time.
 *
 * @param cpu processor time of this process
 */
record Load(Distribution latencies, Duration elapsed, Duration cpu) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Executions a second. */
  double perSecond() {
    return latencies.count() * 1e9 / elapsed.toNanos();
  }

  /** Processor time for one execution, in milliseconds. */
  double cpuMillis() {
    return cpu.toNanos() / NANOS_PER_MILLI / latencies.count();
  }
}
