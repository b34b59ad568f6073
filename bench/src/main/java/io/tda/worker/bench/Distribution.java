package io.tda.worker.bench;

import java.util.Arrays;

/** Durations of many executions, in the order of their length. */
final class Distribution {
  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] sortedNanos;

  private Distribution(long[] sortedNanos) {
    this.sortedNanos = sortedNanos;
  }

  /** The distribution of these durations. */
  static Distribution of(long[] nanos) {
    var sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Distribution(sorted);
  }

  /**
   * The duration that this share of the executions did not exceed, in milliseconds.
   *
   * @param share from 0 to 1
   */
  double millis(double share) {
    if (sortedNanos.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sortedNanos.length);
    return sortedNanos[Math.clamp(rank - 1, 0, sortedNanos.length - 1)] / NANOS_PER_MILLI;
  }

  /** How many there were. */
  int count() {
    return sortedNanos.length;
  }
}
