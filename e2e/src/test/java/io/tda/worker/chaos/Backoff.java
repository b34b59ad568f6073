package io.tda.worker.chaos;

import java.time.Duration;

/**
 * How long it takes until what was not acknowledged is delivered again: twice as long each time.
 */
record Backoff(Duration minimum, Duration maximum) {
  /** Pub/Sub as it is set up in production. */
  static final Backoff PRODUCTION = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10));

  /** For tests that nobody wants to wait for. */
  static final Backoff QUICK = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4));

  /** The step that is under way so long after the first delivery failed. */
  Duration stepAt(Duration since) {
    int attempt = 1;
    for (var end = after(1); end.compareTo(since) < 0; end = end.plus(after(attempt))) {
      attempt++;
    }
    return after(attempt);
  }

  /** How long it takes after this attempt, of which the first is 1. */
  Duration after(int attempt) {
    var wait = minimum.multipliedBy(1L << Math.min(attempt - 1, 20));
    return wait.compareTo(maximum) < 0 ? wait : maximum;
  }
}
