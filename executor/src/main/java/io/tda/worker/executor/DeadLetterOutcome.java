package io.tda.worker.executor;

import io.tda.worker.flow.StepError;
import io.tda.worker.log.RecoveryEvent.ClaimDeadLettered;

/** How the handling of a dead letter ended. */
public sealed interface DeadLetterOutcome {

  /** The letter is done with. */
  record Settled(ClaimDeadLettered.Outcome outcome) implements DeadLetterOutcome {}

  /** An executor is at work on the step, or may not start yet: deliver the letter again later. */
  record InProgress() implements DeadLetterOutcome {}

  /** Nothing is recorded: deliver the letter again. */
  record Retry(StepError error) implements DeadLetterOutcome {}
}
