package io.tda.worker.local.sim;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Blocking code on one thread: virtual threads that are scheduled here and nowhere else. Each runs
 * until it waits; who runs next is decided by the order of the wake-ups alone.
 *
 * <p>A fiber that is never woken again is a thread of a process that was killed: no code of it runs
 * any more, not even a {@code finally}. {@link #close} ends those that are left, so that none of
 * them outlives its world.
 */
final class Fibers {
  private static final MethodHandle NEW_THREAD = newThread();

  private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
  private final Set<Thread> alive = new LinkedHashSet<>();
  private final Consumer<Throwable> uncaught;
  private boolean closed;

  /** Thrown to unwind what waits when its world ends. */
  static final class WorldEnded extends Error {
    private static final long serialVersionUID = 1L;

    private WorldEnded() {
      super("the simulated world has ended", null, false, false);
    }
  }

  /**
   * @param uncaught is told of what a fiber throws
   */
  Fibers(Consumer<Throwable> uncaught) {
    this.uncaught = uncaught;
  }

  /** Starts a fiber; it runs with the next {@link #run}. */
  void start(String name, Runnable body) {
    Executor scheduler = ready::add;
    try {
      var thread = (Thread) NEW_THREAD.invokeExact(scheduler, name, 0, guarded(body));
      alive.add(thread);
      thread.start();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs fibers until all of them wait. */
  void run() {
    for (var next = ready.poll(); next != null; next = ready.poll()) {
      next.run();
    }
  }

  /** Waits for a wake-up of the calling fiber. It may come for no reason, as with any park. */
  void park() {
    LockSupport.park(this);
    if (closed) {
      throw new WorldEnded();
    }
  }

  /** Ends all fibers. */
  void close() {
    closed = true;
    for (int round = 0; round < 10 && !alive.isEmpty(); round++) {
      new ArrayList<>(alive).forEach(LockSupport::unpark);
      run();
    }
  }

  private Runnable guarded(Runnable body) {
    return () -> {
      try {
        body.run();
      } catch (WorldEnded _) {
        // Its process died, or the world ended before it was done.
      } catch (Throwable e) {
        uncaught.accept(e);
      } finally {
        alive.remove(Thread.currentThread());
      }
    };
  }

  private static MethodHandle newThread() {
    try {
      var builders = Class.forName("java.lang.ThreadBuilders");
      return MethodHandles.privateLookupIn(builders, MethodHandles.lookup())
          .findStatic(
              builders,
              "newVirtualThread",
              MethodType.methodType(
                  Thread.class, Executor.class, String.class, int.class, Runnable.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "the simulator needs a scheduler of its own for virtual threads:"
              + " run Java with --add-opens=java.base/java.lang=ALL-UNNAMED",
          e);
    }
  }
}
