package io.tda.worker.local.sim;

import java.time.Duration;

/** Cloud Scheduler: the sweep every minute, the reconcile every hour, or not, or twice. */
final class SimulatedScheduler {
  private final World world;
  private final Faults faults;
  private final Fleet<DispatcherService> dispatchers;

  SimulatedScheduler(World world, Faults faults, Fleet<DispatcherService> dispatchers) {
    this.world = world;
    this.faults = faults;
    this.dispatchers = dispatchers;
  }

  void start() {
    world.after(world.between(Duration.ZERO, Duration.ofMinutes(1)), this::sweep);
    world.after(world.between(Duration.ZERO, Duration.ofHours(1)), this::reconcile);
  }

  private void sweep() {
    world.after(Duration.ofMinutes(1), this::sweep);
    for (int i = times(); i > 0; i--) {
      dispatchers.pick().ifPresent(DispatcherService::sweep);
    }
  }

  private void reconcile() {
    world.after(Duration.ofHours(1), this::reconcile);
    for (int i = times(); i > 0; i--) {
      dispatchers.pick().ifPresent(DispatcherService::reconcile);
    }
  }

  private int times() {
    if (faults.strikes(Fault.SCHEDULER_MISSED)) {
      return 0;
    }
    return faults.strikes(Fault.SCHEDULER_DUPLICATE) ? 2 : 1;
  }
}
