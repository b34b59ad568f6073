package io.tda.worker.local.sim;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An answer that one fiber waits for; the first that comes counts. */
final class Signal<T> {
  private final World world;
  private final SimulatedProcess process;
  private final Thread waiter = Thread.currentThread();
  private @Nullable Supplier<T> outcome;

  /** A signal that the calling fiber of this process will wait for. */
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
