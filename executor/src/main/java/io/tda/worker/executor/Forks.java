package io.tda.worker.executor;

import java.util.function.Supplier;

/**
 * Starts work that may run beside the caller's own. A port, so that a simulation can keep to one
 * thread.
 */
public interface Forks {
  /** Runs everything at once, on the caller's thread. */
  Forks NONE =
      new Forks() {
        @Override
        public <T> Supplier<T> fork(Supplier<T> work) {
          var result = work.get();
          return () -> result;
        }
      };

  /**
   * Starts the work.
   *
   * @return waits for the result; throws what the work threw
   */
  <T> Supplier<T> fork(Supplier<T> work);
}
