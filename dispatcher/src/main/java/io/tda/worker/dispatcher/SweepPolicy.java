package io.tda.worker.dispatcher;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.RunRead;
import io.tda.worker.flow.RunStatus;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.id.StepId;
import io.tda.worker.lease.StepLease;
import io.tda.worker.lease.StepLease.Holder;
import io.tda.worker.store.Versioned;
import java.time.Duration;
import java.time.Instant;

/**
 * Says what an expired lease needs. Pure.
 *
 * @param maxClaims how often a step is claimed before it fails, {@code MAX_CLAIM_ATTEMPTS}
 * @param claimMaxAge how long one claim may wait in all, {@code CLAIM_MAX_AGE_HOURS}
 */
record SweepPolicy(int maxClaims, Duration claimMaxAge) {
  /** A step that waits in a long queue is asked after this often, but no less. */
  static final Duration LONGEST_TERM = Duration.ofHours(6);

  /**
   * Judges a lease that has expired.
   *
   * @param read its run, read after the lease
   */
  Remedy remedy(StepLease lease, RunRead read, Instant now) {
    return switch (read) {
      case RunRead.Found(var run) when isRunning(run.value(), lease.claim().step().stepId()) ->
          remedy(lease, run, now);
      // Nobody can end a step of a run that is gone, broken or not RUNNING any more.
      case RunRead.Found _, RunRead.Missing _, RunRead.Invalid _ -> new Remedy.Delete();
    };
  }

  private Remedy remedy(StepLease lease, Versioned<FlowRun> run, Instant now) {
    return switch (lease.holder()) {
      case Holder.Queue() ->
          now.isBefore(lease.claim().claimedAt().plus(claimMaxAge))
              ? new Remedy.Republish(run, doubled(lease.term()))
              : new Remedy.Fail(run, error(lease, "the claim has waited too long"));
      case Holder.Executor _ ->
          lease.claim().attempt() < maxClaims
              ? new Remedy.Reclaim(run)
              : new Remedy.Fail(run, error(lease, "the step has used up its claims"));
    };
  }

  private static boolean isRunning(FlowRun run, StepId step) {
    return run.status() == RunStatus.RUNNING
        && run.step(step).map(FlowStep::status).orElse(StepStatus.UNRECOGNIZED)
            == StepStatus.RUNNING;
  }

  private static Duration doubled(Duration term) {
    var doubled = term.multipliedBy(2);
    return doubled.compareTo(LONGEST_TERM) < 0 ? doubled : LONGEST_TERM;
  }

  /** What kept the step from ending, as far as its last executor could say. */
  private static StepError error(StepLease lease, String message) {
    var lastError = lease.lastError();
    return StepError.of(lastError == null ? ErrorCode.LEASE_EXPIRED : lastError, message)
        .terminal();
  }
}
