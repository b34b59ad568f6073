package io.tda.worker.local.sim;

import io.tda.worker.config.DeliveryConfig;
import io.tda.worker.config.LeaseConfig;
import io.tda.worker.config.RawOutputCapture;
import io.tda.worker.time.TimeBudgetPolicy;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How one simulated world is set up: all of it valid, most of it not the default.
 *
 * @param chaos how long things go wrong and owners change their minds
 */
record SimulationPlan(
    Duration chaos, Sizes sizes, LeaseConfig leases, DeliveryConfig deliveries, Habits habits) {

  /** How much there is of everything. */
  record Sizes(int runs, int steps, int dispatchers, int executors, int concurrency) {}

  /**
   * What else is a matter of configuration.
   *
   * @param parallelReads whether an executor loads its inputs all at once
   */
  record Habits(
      int claimsPerEvent, int modelAttempts, boolean parallelReads, RawOutputCapture rawOutput) {}

  /** After the last fault, everything has ended within this time. */
  static final Duration SETTLED_WITHIN = Duration.ofHours(8);

  /** The defaults: a delivery is pushed for ten minutes at most. */
  static final TimeBudgetPolicy BUDGET =
      new TimeBudgetPolicy(
          Duration.ofSeconds(590), Duration.ofSeconds(120), Duration.ofSeconds(450));

  static SimulationPlan drawn(RandomGenerator random) {
    var lease = Duration.ofSeconds(random.nextInt(40, 91));
    return new SimulationPlan(
        Duration.ofMinutes(random.nextInt(5, 31)),
        new Sizes(
            random.nextInt(1, 4),
            random.nextInt(2, 6),
            random.nextInt(1, 4),
            random.nextInt(1, 4),
            random.nextInt(1, 4)),
        new LeaseConfig(
            lease,
            Duration.ofSeconds(random.nextInt(60, 901)),
            Duration.ofSeconds(random.nextInt(10, 61)),
            random.nextInt(1, 4),
            Duration.ofHours(random.nextInt(1, 25))),
        new DeliveryConfig(random.nextInt(5, 11), random.nextInt(1, 5)),
        new Habits(
            random.nextBoolean() ? 1 : random.nextInt(2, 6),
            random.nextInt(1, 4),
            random.nextBoolean(),
            random.nextBoolean()
                ? new RawOutputCapture.Off()
                : new RawOutputCapture.Quarantine("simulated-quarantine")));
  }
}
