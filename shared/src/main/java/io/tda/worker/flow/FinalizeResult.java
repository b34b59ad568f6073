package io.tda.worker.flow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of one try to end a step. */
public sealed interface FinalizeResult {

  /** The step has ended with the given outcome, and its lease is gone. */
  record Finalized() implements FinalizeResult {}

  /** Somebody else ended or cancelled the step before; nothing was written. */
  record AlreadyFinal(StepStatus status) implements FinalizeResult {}

  /** The step is not in the state it is to be ended from; nothing was written. */
  record NotRunning(StepStatus status) implements FinalizeResult {}

  /** The run itself is gone, broken or not RUNNING any more; nothing was written. */
  record RunEnded() implements FinalizeResult {}

  /** The claim is no longer ours: the lease was taken over; nothing was written. */
  record Superseded() implements FinalizeResult {}

  /**
   * Something else in the run document, or the lease's expiry, changed meanwhile, and the step may
   * still be ended: try again with these update times. Nothing was written.
   *
   * @param leaseUpdateTime null where the step is ended without a lease
   */
  record Contended(Instant runUpdateTime, @Nullable Instant leaseUpdateTime)
      implements FinalizeResult {}
}
