package io.tda.worker.time;

import java.time.Duration;

/** Repeats an action at a steady pace. A port, so that a simulation can drive it. */
@FunctionalInterface
public interface Ticker {

  /**
   * Runs the action after each period, never twice at a time.
   *
   * @return ends the repetition; an action that is under way is not waited for
   */
  Cancellation.Registration every(Duration period, Runnable action);
}
