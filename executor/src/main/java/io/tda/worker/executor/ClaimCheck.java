package io.tda.worker.executor;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.RunRead;
import io.tda.worker.flow.RunStatus;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.lease.RunAndLease;
import io.tda.worker.lease.StepLease;
import io.tda.worker.log.DeliveryEvent.StepClaimStale;
import io.tda.worker.store.Versioned;
import java.time.Instant;

/** What a delivered claim is worth, judged by its run and lease. Pure. */
sealed interface ClaimCheck {

  /**
   * The step may be worked on.
   *
   * @param takeover whether its last executor died
   */
  record Free(Versioned<FlowRun> run, FlowStep step, Versioned<StepLease> lease, boolean takeover)
      implements ClaimCheck {}

  /** An executor works on it, or it is too early to try again. */
  record Busy() implements ClaimCheck {}

  /** The claim is void. */
  record Stale(StepClaimStale.Reason reason) implements ClaimCheck {}

  /** The owner ended the run or cancelled the step; only the lease is left to remove. */
  record Cancelled(Versioned<StepLease> lease) implements ClaimCheck {}

  /** Judges a claim. */
  static ClaimCheck of(Claim claim, RunAndLease read, Instant now) {
    if (read.lease().isEmpty()) {
      return new Stale(StepClaimStale.Reason.LEASE_GONE);
    }
    var lease = read.lease().get();
    if (!lease.value().claim().id().equals(claim.id())) {
      return new Stale(StepClaimStale.Reason.OTHER_CLAIM);
    }
    if (!(read.run() instanceof RunRead.Found(var run))) {
      // Nobody can end a step of a run that is gone or broken.
      return new Cancelled(lease);
    }
    var step = run.value().step(claim.step().stepId()).orElse(null);
    if (step == null) {
      return new Cancelled(lease);
    }
    return of(run, step, lease, now);
  }

  private static ClaimCheck of(
      Versioned<FlowRun> run, FlowStep step, Versioned<StepLease> lease, Instant now) {
    if (step.status() == StepStatus.CANCELLED || run.value().status() != RunStatus.RUNNING) {
      return new Cancelled(lease);
    }
    if (step.status() != StepStatus.RUNNING) {
      return new Stale(StepClaimStale.Reason.STEP_FINAL);
    }
    var notBefore = lease.value().notBefore();
    return switch (lease.value().holder()) {
      case StepLease.Holder.Queue _ when notBefore != null && now.isBefore(notBefore) -> new Busy();
      case StepLease.Holder.Queue _ -> new Free(run, step, lease, false);
      case StepLease.Holder.Executor _ ->
          lease.value().isExpired(now) ? new Free(run, step, lease, true) : new Busy();
    };
  }
}
