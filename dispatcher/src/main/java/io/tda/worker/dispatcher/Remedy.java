package io.tda.worker.dispatcher;

import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.StepError;
import io.tda.worker.store.Versioned;
import java.time.Duration;

/** What is to be done about a lease that has expired. */
sealed interface Remedy {

  /** Nobody needs the lease: the step has ended, or its owner has taken it away. */
  record Delete() implements Remedy {}

  /** The executor died and its message did not come back: the step gets a new claim. */
  record Reclaim(Versioned<FlowRun> run) implements Remedy {}

  /**
   * The message was lost or waits in a long queue: the same claim is published again.
   *
   * @param term how long it may wait this time
   */
  record Republish(Versioned<FlowRun> run, Duration term) implements Remedy {}

  /** All tries are used up. */
  record Fail(Versioned<FlowRun> run, StepError error) implements Remedy {}
}
