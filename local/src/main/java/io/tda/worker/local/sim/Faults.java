package io.tda.worker.local.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Decides what goes wrong. Each world has its own mixture: many faults never strike in it, others
 * often. Where everything always goes a little wrong, long chains of success are never seen.
 */
final class Faults {
  private static final double[] MIXTURE = {0, 0, 0.5, 1, 1, 2, 3};

  private final World world;
  private final Coverage coverage;
  private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
  private boolean stopped;
  private long injected;

  Faults(World world, Set<FaultGroup> groups, Coverage coverage) {
    this.world = world;
    this.coverage = coverage;
    for (var fault : Fault.values()) {
      // Drawn for all, so that a group that is left out does not change the others.
      double factor = MIXTURE[world.random().nextInt(MIXTURE.length)];
      if (groups.contains(fault.group()) && factor > 0) {
        rates.put(fault, Math.min(0.9, fault.rate() * factor));
      }
    }
  }

  /** Whether the fault strikes now. */
  boolean strikes(Fault fault) {
    var rate = rates.get(fault);
    if (stopped || rate == null || !world.chance(rate)) {
      return false;
    }
    injected++;
    coverage.count("fault", fault.name());
    world.say(Work.currentName("fault"), () -> "fault " + fault.name());
    return true;
  }

  /** From now on nothing goes wrong any more. */
  void stop() {
    stopped = true;
    world.say("fault", () -> "no more faults");
  }

  boolean isStopped() {
    return stopped;
  }

  /** How many faults have struck. */
  long injected() {
    return injected;
  }
}
