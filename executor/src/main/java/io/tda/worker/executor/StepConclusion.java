package io.tda.worker.executor;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.FinalizeResult;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.flow.StepExecution;
import io.tda.worker.flow.StepFinalizer;
import io.tda.worker.flow.StepOutcome;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.lease.StepLease;
import io.tda.worker.log.DeliveryEvent.LeaseLost;
import io.tda.worker.log.DeliveryEvent.LeaseReleased;
import io.tda.worker.log.DeliveryEvent.StepCancelled;
import io.tda.worker.log.DeliveryEvent.StepClaimStale;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.OutputEvent.FinalizeFailed;
import io.tda.worker.log.OutputEvent.OrphanReportObject;
import io.tda.worker.log.OutputEvent.StepCompleted;
import io.tda.worker.log.OutputEvent.StepFailed;
import io.tda.worker.log.OutputEvent.StepRetryScheduled;
import io.tda.worker.time.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Ends a delivery: finalizes the step, or hands it back for another delivery. */
final class StepConclusion {
  private final StepFinalizer finalizer;
  private final Limits limits;
  private final InstantSource clock;
  private final EventLogger log;

  /**
   * How often a step may be tried.
   *
   * @param deliveries of one message, {@code MAX_DELIVERY_ATTEMPTS}; the subscription's own number
   * @param modelCalls under one claim, {@code MAX_MODEL_CALLS}
   * @param released how long a released step may wait for its next delivery, {@code
   *     DISPATCH_LEASE_SECONDS}
   */
  record Limits(int deliveries, int modelCalls, Duration released) {}

  /** What is ended: the job, when its run was last changed, and the delivery it came by. */
  record Ending(ReportJob job, Instant runUpdateTime, Delivery delivery, Cancellation shutdown) {
    int deliveryAttempt() {
      return Math.max(delivery.attempt(), job.lease().current().value().effort().deliveries());
    }
  }

  StepConclusion(StepFinalizer finalizer, Limits limits, InstantSource clock, EventLogger log) {
    this.finalizer = finalizer;
    this.limits = limits;
    this.clock = clock;
    this.log = log;
  }

  /** Ends the delivery with this result. */
  DeliveryOutcome conclude(Ending ending, ReportResult result) {
    if (ending.job().lease().isLost()) {
      return superseded(ending);
    }
    return switch (result) {
      case ReportResult.Made made -> finish(ending, succeeded(ending, made), made);
      case ReportResult.NotMade failed when isFinal(ending, failed) ->
          finish(ending, new StepOutcome.Failed(failed.error(), execution(ending, failed)), failed);
      case ReportResult.NotMade failed -> handBack(ending, failed.error(), failed.modelCalls());
    };
  }

  private boolean isFinal(Ending ending, ReportResult.NotMade failed) {
    if (!failed.error().retryable()) {
      return true;
    }
    if (ending.shutdown().isCancelled()) {
      return false;
    }
    var calls = ending.job().lease().current().value().effort().modelCalls() + failed.modelCalls();
    // A fault before the model was called costs nothing: the report may be there already.
    return ending.deliveryAttempt() >= limits.deliveries()
        || (failed.modelCalls() > 0 && calls >= limits.modelCalls());
  }

  private DeliveryOutcome finish(Ending ending, StepOutcome outcome, ReportResult result) {
    var job = ending.job();
    FinalizeResult finalized;
    try {
      finalized =
          finalizer.finish(
              job.claim().step(), outcome, job.lease().fence(), ending.runUpdateTime());
    } catch (StepException e) {
      return finalizeFailed(ending, result, e.error().retryable());
    }
    return switch (finalized) {
      case FinalizeResult.Finalized() -> {
        logEnd(outcome, result.modelName(), job.context());
        yield new DeliveryOutcome.Finished(job.claim().step(), outcome);
      }
      case FinalizeResult.AlreadyFinal(var status) -> alreadyFinal(ending, status, result);
      case FinalizeResult.RunEnded _ -> {
        orphaned(result, job.context());
        yield cancelled(ending);
      }
      // Made READY again by its owner: the next claim finds the report and uses it.
      case FinalizeResult.NotRunning _ -> cancelled(ending);
      case FinalizeResult.Superseded() -> superseded(ending);
      case FinalizeResult.Contended _ -> finalizeFailed(ending, result, true);
    };
  }

  private void logEnd(StepOutcome outcome, @Nullable String modelName, LogContext context) {
    switch (outcome) {
      case StepOutcome.Succeeded(var report, var execution) ->
          log.log(
              new StepCompleted(
                  report,
                  Duration.between(execution.timing().startedAt(), execution.timing().finishedAt()),
                  modelName),
              context);
      case StepOutcome.Failed(var error, _) -> log.log(new StepFailed(error, modelName), context);
    }
  }

  /** Its owner has cancelled the step, or whoever took it for abandoned has ended it. */
  private DeliveryOutcome alreadyFinal(Ending ending, StepStatus status, ReportResult result) {
    if (status != StepStatus.SUCCEEDED) {
      orphaned(result, ending.job().context());
    }
    if (status != StepStatus.SUCCEEDED && status != StepStatus.FAILED) {
      return cancelled(ending);
    }
    log.log(new StepClaimStale(StepClaimStale.Reason.STEP_FINAL), ending.job().context());
    return new DeliveryOutcome.Stale();
  }

  /** The report, if there is one, stays: the next delivery finds it and calls no model. */
  private DeliveryOutcome finalizeFailed(Ending ending, ReportResult result, boolean mayHeal) {
    var error = StepError.of(ErrorCode.FIRESTORE_FINALIZE_FAILED, "the step's end is not written");
    log.log(new FinalizeFailed(mayHeal ? error : error.terminal()), ending.job().context());
    return handBack(ending, error, result.modelCalls());
  }

  private DeliveryOutcome handBack(Ending ending, StepError error, int modelCalls) {
    var context = ending.job().context();
    try {
      ending.job().lease().replace(released(ending, error, modelCalls));
      if (!ending.job().lease().isLost()) {
        log.log(
            new LeaseReleased(ending.job().lease().current().value().effort().modelCalls()),
            context);
      }
    } catch (StepException e) {
      // The lease then ends by itself, and the next delivery takes it over.
      log.log(new FinalizeFailed(e.error()), context);
    }
    log.log(new StepRetryScheduled(error, ending.deliveryAttempt()), context);
    return new DeliveryOutcome.Retry(error);
  }

  private StepLease released(Ending ending, StepError error, int modelCalls) {
    var lease = ending.job().lease().current().value();
    var now = clock.instant();
    return new StepLease(
        lease.claim(),
        new StepLease.Holder.Queue(),
        now.plus(limits.released()),
        limits.released(),
        new StepLease.Effort(lease.effort().deliveries(), lease.effort().modelCalls() + modelCalls),
        ending.shutdown().isCancelled() ? lease.lastError() : error.code(),
        error.retryAfter().isZero() ? null : now.plus(error.retryAfter()));
  }

  /** Another executor has the lease and will end the step: it may well use the report. */
  private DeliveryOutcome superseded(Ending ending) {
    log.log(new LeaseLost(), ending.job().context());
    return new DeliveryOutcome.Retry(
        StepError.of(ErrorCode.LEASE_EXPIRED, "another executor holds the lease"));
  }

  private DeliveryOutcome cancelled(Ending ending) {
    ending.job().lease().abandon();
    log.log(new StepCancelled(), ending.job().context());
    return new DeliveryOutcome.Cancelled();
  }

  /**
   * A report whose step will not name it. It is left: by the time it would be deleted, the owner
   * may have begun the step anew, and another executor have taken the report for it.
   */
  private void orphaned(ReportResult result, LogContext context) {
    if (result instanceof ReportResult.Made(var report, _, _, _) && !report.reused()) {
      log.log(new OrphanReportObject(report.uri(), report.generation()), context);
    }
  }

  private StepOutcome succeeded(Ending ending, ReportResult.Made made) {
    return new StepOutcome.Succeeded(made.report().uri(), execution(ending, made));
  }

  private StepExecution execution(Ending ending, ReportResult result) {
    var claim = ending.job().claim();
    return new StepExecution(
        new StepExecution.Timing(claim.claimedAt(), clock.instant()),
        new StepExecution.ClaimUse(claim.id(), claim.attempt(), ending.deliveryAttempt()),
        result instanceof ReportResult.Made(var report, _, _, _) ? report : null,
        result.model());
  }
}
