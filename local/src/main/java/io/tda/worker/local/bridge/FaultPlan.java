package io.tda.worker.local.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Decides what happens to each event. The same seed and number give the same decision. */
record FaultPlan(long seed, BridgeFaults faults) {
  /** Spreads numbers that follow each other over all seeds. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /**
   * The deliveries of an event, each as the time to wait before it; none for an event that is lost.
   *
   * @param number which event it is, in the order of their arrival
   */
  List<Duration> deliveries(long number) {
    var random = new SplittableRandom(seed ^ (number * SPREAD));
    // All are drawn, so that changing one share does not change what the others decide.
    boolean lost = random.nextDouble() < faults.drop();
    boolean twice = random.nextDouble() < faults.duplicate();
    boolean late = random.nextDouble() < faults.reorder();
    var first = late ? wait(random) : Duration.ZERO;
    if (lost) {
      return List.of();
    }
    var deliveries = new ArrayList<>(List.of(first));
    if (twice) {
      deliveries.add(wait(random));
    }
    return List.copyOf(deliveries);
  }

  private Duration wait(RandomGenerator random) {
    return Duration.ofNanos((long) (random.nextDouble() * faults.delay().toNanos()));
  }
}
