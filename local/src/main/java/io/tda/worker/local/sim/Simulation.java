package io.tda.worker.local.sim;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One seed: a world is made, goes wrong for a while, and has to come to rest. */
final class Simulation {
  private final long seed;
  private final Set<FaultGroup> groups;
  private final Seams seams;
  private final Trace trace;

  /**
   * What came of a seed.
   *
   * @param violation null where all went as it should
   */
  record Outcome(
      long seed, long events, long faults, Coverage coverage, @Nullable Violation violation) {}

  Simulation(long seed, Set<FaultGroup> groups, Seams seams, Trace trace) {
    this.seed = seed;
    this.groups = groups;
    this.seams = seams;
    this.trace = trace;
  }

  Outcome run() {
    var coverage = new Coverage();
    try (var world = new World(seed, trace)) {
      trace.follow(world);
      var plan = SimulationPlan.drawn(world.random());
      world.say("world", () -> "seed " + seed + " " + plan);
      var faults = new Faults(world, groups, coverage);
      var city = new City(world, faults, coverage, plan, seams);
      city.found();
      while (world.violation() == null && !city.isAtRest()) {
        goOn(world, faults, city, plan.chaos());
      }
      return new Outcome(seed, world.events(), faults.injected(), coverage, world.violation());
    }
  }

  private static void goOn(World world, Faults faults, City city, Duration chaos) {
    if (!faults.isStopped() && world.elapsed().compareTo(chaos) > 0) {
      faults.stop();
    }
    if (world.elapsed().compareTo(chaos.plus(SimulationPlan.SETTLED_WITHIN)) > 0) {
      city.stuck();
    } else if (!world.step()) {
      throw new IllegalStateException("the scheduler never ends");
    }
  }
}
