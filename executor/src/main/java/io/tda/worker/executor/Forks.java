package io.tda.worker.executor;

import java.util.function.Supplier;

/**
 * Starts work that may run beside the caller's own. A port, so that a simulation can keep to one
 * thread.
 */
public interface Forks {
  /** Runs each piece of work on the caller's thread, when its result is asked for. */
  Forks NONE =
      new Forks() {
        @Override
        public <T> Supplier<T> fork(Supplier<T> work) {
          return work;
        }
      };

  /**
   * Starts the work.
   *
   * @return waits for the result; throws what the work threw; to be asked once
   */
  <T> Supplier<T> fork(Supplier<T> work);
}
