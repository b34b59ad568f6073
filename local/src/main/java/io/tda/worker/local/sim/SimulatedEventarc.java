package io.tda.worker.local.sim;

import io.tda.worker.adapter.memory.Change;
import io.tda.worker.dispatcher.FlowRunEvent;
import io.tda.worker.id.RunId;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Eventarc: an event for each change of a run, some time, in any order, once or more or never. */
final class SimulatedEventarc {
  private static final Duration RETENTION = Duration.ofHours(24);

  private final World world;
  private final Faults faults;
  private final Fleet<DispatcherService> dispatchers;
  private long events;

  SimulatedEventarc(World world, Faults faults, Fleet<DispatcherService> dispatchers) {
    this.world = world;
    this.faults = faults;
    this.dispatchers = dispatchers;
  }

  /** Raises the events of a commit. */
  void committed(@Nullable Work author, List<Change> changes) {
    for (var change : changes) {
      if (change.ref().collection().equals(RunDocuments.RUNS) && change.after().isPresent()) {
        raise(change);
      }
    }
  }

  private void raise(Change change) {
    var id = "event-" + ++events;
    if (faults.strikes(Fault.EVENT_DROPPED)) {
      return;
    }
    var snapshot = faults.strikes(Fault.EVENT_BARE) ? null : change.after().orElse(null);
    var event = new FlowRunEvent(id, new RunId(change.ref().id()), snapshot, null);
    send(event, delay());
    if (faults.strikes(Fault.EVENT_DUPLICATE)) {
      send(event, delay());
    }
  }

  private Duration delay() {
    if (faults.strikes(Fault.EVENT_DELAYED)) {
      return world.between(Duration.ofMinutes(1), Duration.ofMinutes(40));
    }
    return faults.strikes(Fault.EVENT_REORDERED)
        ? world.between(Duration.ofSeconds(1), Duration.ofSeconds(20))
        : world.between(Duration.ofMillis(20), Duration.ofMillis(400));
  }

  private void send(FlowRunEvent event, Duration delay) {
    var until = world.now().plus(RETENTION);
    world.after(delay, () -> deliver(event, 1, () -> world.now().isBefore(until)));
  }

  private void deliver(FlowRunEvent event, int attempt, BooleanSupplier mayRepeat) {
    var answered =
        new Answered(done -> {
          if ((!done || faults.strikes(Fault.EVENT_REDELIVERED)) && mayRepeat.getAsBoolean()) {
            var backoff =
                world.between(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(Math.min(600, 10L << Math.min(attempt, 6))));
            world.after(backoff, () -> deliver(event, attempt + 1, mayRepeat));
          }
        });
    dispatchers
        .pick()
        .ifPresentOrElse(it -> it.event(event, answered), () -> answered.answer(false));
  }
}
