package io.tda.worker.executor;

import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepOutcome;
import io.tda.worker.id.StepKey;

/** How a delivery ended. */
public sealed interface DeliveryOutcome {

  /** The step has ended, and its document says so. */
  record Finished(StepKey step, StepOutcome outcome) implements DeliveryOutcome {}

  /** The claim is void: somebody else ended the step or holds a newer claim. */
  record Stale() implements DeliveryOutcome {}

  /** The owner of the run ended it or cancelled the step. */
  record Cancelled() implements DeliveryOutcome {}

  /** Another delivery is at work, or it is too early for this one: deliver again later. */
  record InProgress() implements DeliveryOutcome {}

  /** Nothing is recorded: deliver again. */
  record Retry(StepError error) implements DeliveryOutcome {}
}
