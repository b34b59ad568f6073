package io.tda.worker.executor;

import io.tda.worker.message.StepClaimed;
import io.tda.worker.time.Cancellation;

/** Where deliveries of claims come in. */
@FunctionalInterface
public interface DeliveryHandler {

  /**
   * Executes the step that the message speaks of. Never throws.
   *
   * @param shutdown hands the step back early, for another instance
   */
  DeliveryOutcome execute(StepClaimed message, Delivery delivery, Cancellation shutdown);
}
