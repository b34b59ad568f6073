package io.tda.worker.local.sim;

import io.tda.worker.time.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One instance of a service: its clock, its threads, its end. */
final class SimulatedProcess {
  /** What Cloud Run grants between SIGTERM and SIGKILL. */
  static final Duration GRACE = Duration.ofSeconds(10);

  /** Then Cloud Run ends a request, whatever the process is doing for it. */
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final String name;
  private final World world;
  private final Faults faults;
  private final Duration skew;
  private final Cancellation shutdown = new Cancellation();
  private final List<Runnable> held = new ArrayList<>();
  private final List<Runnable> onDeath = new ArrayList<>();
  private boolean dead;
  private boolean draining;
  private boolean paused;
  private Instant lastDisturbed = Instant.MIN;
  private int requests;

  SimulatedProcess(String name, World world, Faults faults) {
    this.name = name;
    this.world = world;
    this.faults = faults;
    this.skew =
        faults.strikes(Fault.CLOCK_SKEW)
            ? world.between(Duration.ofSeconds(-5), Duration.ofSeconds(5))
            : Duration.ZERO;
    world.say(name, () -> "process started, clock " + skew.toMillis() + " ms off");
  }

  String name() {
    return name;
  }

  /** Its own idea of the time. */
  InstantSource clock() {
    return () -> world.now().plus(skew);
  }

  /** Is cancelled by SIGTERM. */
  Cancellation shutdown() {
    return shutdown;
  }

  boolean isDead() {
    return dead;
  }

  /** Whether it takes requests. */
  boolean isServing() {
    return !dead && !draining;
  }

  /** Whether it was stopped, or told to end, at or after this time of its own clock. */
  boolean wasDisturbedSince(Instant time) {
    return paused || draining || !lastDisturbed.isBefore(time);
  }

  int requests() {
    return requests;
  }

  /** Is told when the process dies. */
  void onDeath(Runnable listener) {
    onDeath.add(listener);
  }

  /**
   * Handles one request in a thread of its own.
   *
   * @param handler gives whether all is done
   * @param answered is told so, or that the connection broke, once
   */
  void handle(Work work, BooleanSupplier handler, Answered answered) {
    requests++;
    onDeath(() -> world.after(Duration.ofMillis(50), () -> answered.answer(false)));
    var place = new Answered(_ -> requests--);
    world.after(
        TIMEOUT,
        () -> {
          place.answer(false);
          answered.answer(false);
        });
    start(
        work,
        () -> {
          work.begin();
          boolean done = handler.getAsBoolean();
          work.end();
          checkpoint();
          place.answer(done);
          world.after(
              world.between(Duration.ofMillis(1), Duration.ofMillis(20)),
              () -> answered.answer(done));
        });
  }

  /** Starts a thread. */
  void start(Work work, Runnable body) {
    whenRunning(() -> world.fibers().start(work.name(), () -> work.run(body)));
  }

  /** Does something now, or when the process goes on; never where it is dead. */
  void whenRunning(Runnable action) {
    if (dead) {
      return;
    }
    if (paused) {
      held.add(action);
    } else {
      action.run();
    }
  }

  /** A place where the process may end or be stopped: before each request it makes. */
  void checkpoint() {
    waitWhileStopped();
    if (faults.strikes(Fault.PROCESS_KILLED)) {
      kill();
    } else if (faults.strikes(Fault.PROCESS_KILLED_IN_FLIGHT)) {
      world.after(inFlight(), this::kill);
    } else if (faults.strikes(Fault.PROCESS_TERMINATED)) {
      terminate();
    } else if (faults.strikes(Fault.PROCESS_PAUSED)) {
      pause(
          world.between(Duration.ofSeconds(1), Duration.ofSeconds(world.chance(0.2) ? 700 : 150)));
    }
    waitWhileStopped();
  }

  /** Nothing runs in a stopped process, nor ever again in a dead one. */
  void waitWhileStopped() {
    haltIfDead();
    while (paused) {
      var self = Thread.currentThread();
      held.add(() -> LockSupport.unpark(self));
      world.fibers().park();
      haltIfDead();
    }
  }

  private void haltIfDead() {
    while (dead) {
      world.fibers().park();
    }
  }

  void kill() {
    if (!dead) {
      world.say(name, () -> "process killed");
      dead = true;
      held.clear();
      List.copyOf(onDeath).forEach(Runnable::run);
    }
  }

  /** SIGTERM. */
  void terminate() {
    if (!dead && !draining) {
      world.say(name, () -> "process terminated");
      draining = true;
      whenRunning(() -> world.fibers().start(name + "/shutdown", shutdown::cancel));
      world.after(GRACE, this::kill);
    }
  }

  private void pause(Duration time) {
    world.say(name, () -> "process stopped for " + time);
    paused = true;
    world.after(
        time,
        () -> {
          world.say(name, () -> "process goes on");
          paused = false;
          lastDisturbed = clock().instant();
          var waiting = List.copyOf(held);
          held.clear();
          waiting.forEach(this::whenRunning);
        });
  }

  /** Most requests take milliseconds, those to the model minutes. */
  private Duration inFlight() {
    return world.between(
        Duration.ZERO, world.chance(0.5) ? Duration.ofMillis(60) : Duration.ofSeconds(60));
  }
}
