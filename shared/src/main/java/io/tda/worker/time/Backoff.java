package io.tda.worker.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before a repetition. Pure but for the randomness, which is passed in. */
public sealed interface Backoff {
  /** Between two tries to claim or finalize; short, because the other writer is done already. */
  Backoff CONFLICT = new Uniform(Duration.ofMillis(100), Duration.ofMillis(500));

  /** Between two calls of a service that is busy. */
  Backoff CALL = new Exponential(Duration.ofSeconds(1), Duration.ofSeconds(32));

  /**
   * The wait before a try.
   *
   * @param failures how many tries have failed, at least 1
   */
  Duration delay(int failures, RandomGenerator random);

  /** Any time between the two, whatever the number of failures. */
  record Uniform(Duration shortest, Duration longest) implements Backoff {
    public Uniform {
      if (shortest.isNegative() || longest.compareTo(shortest) < 0) {
        throw new IllegalArgumentException("the longest wait must not be below the shortest");
      }
    }

    @Override
    public Duration delay(int failures, RandomGenerator random) {
      return Duration.ofMillis(random.nextLong(shortest.toMillis(), longest.toMillis() + 1));
    }
  }

  /** Full jitter: any time from nothing up to a bound that doubles with each failure. */
  record Exponential(Duration base, Duration cap) implements Backoff {
    public Exponential {
      if (!base.isPositive() || cap.compareTo(base) < 0) {
        throw new IllegalArgumentException("the cap must not be below the base");
      }
    }

    @Override
    public Duration delay(int failures, RandomGenerator random) {
      long bound = base.toMillis();
      for (int i = 1; i < failures && bound < cap.toMillis(); i++) {
        bound *= 2;
      }
      return Duration.ofMillis(random.nextLong(Math.min(bound, cap.toMillis()) + 1));
    }
  }
}
