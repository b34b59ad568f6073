package io.tda.worker.time;

import java.time.Duration;

/** Waits. A port, so that tests and simulations need not. */
@FunctionalInterface
public interface Sleeper {
  /** Returns after the time has passed, or earlier if the thread is interrupted. */
  void sleep(Duration duration);
}
