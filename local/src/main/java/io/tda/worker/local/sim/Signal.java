package io.tda.worker.local.sim;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An answer that one fiber waits for; the first that comes counts. */
final class Signal<T> {
  private final World world;
  private final SimulatedProcess process;
  private @Nullable Supplier<T> outcome;

  /** Who waits; not always who asked. */
  private @Nullable Thread waiter;

  /** A signal that a fiber of this process will wait for. */
  Signal(World world, SimulatedProcess process) {
    this.world = world;
    this.process = process;
  }

  void answer(T answer) {
    set(() -> answer);
  }

  void fail(RuntimeException fault) {
    set(() -> {
      throw fault;
    });
  }

  boolean isSet() {
    return outcome != null;
  }

  /** Waits for the answer; for ever where the process dies meanwhile. */
  T await() {
    waiter = Thread.currentThread();
    while (outcome == null) {
      world.fibers().park();
    }
    process.waitWhileStopped();
    return outcome.get();
  }

  private void set(Supplier<T> first) {
    if (outcome == null) {
      outcome = first;
      process.whenRunning(() -> LockSupport.unpark(waiter));
    }
  }
}
