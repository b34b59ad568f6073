package io.tda.worker.executor;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.lease.LeaseWrite;
import io.tda.worker.lease.StepLease;
import io.tda.worker.log.DeliveryEvent.ExecutionInProgress;
import io.tda.worker.log.DeliveryEvent.LeaseAcquired;
import io.tda.worker.log.DeliveryEvent.StepCancelled;
import io.tda.worker.log.DeliveryEvent.StepClaimStale;
import io.tda.worker.log.DeliveryEvent.StepClaimedReceived;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.OutputEvent.StepRetryScheduled;
import io.tda.worker.log.ServiceEvent.InternalError;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.time.Cancellation;
import io.tda.worker.time.Ticker;
import io.tda.worker.time.TimeBudget;
import io.tda.worker.time.TimeBudgetPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Executes a claimed step: acquires its lease, has the report made, and ends the step or hands it
 * back. Safe to call for the same claim many times, at once and on many machines.
 */
public final class StepExecutor implements DeliveryHandler {
  /** Three heartbeats a term: two may fail before the lease is lost. */
  private static final int BEATS_PER_TERM = 3;

  private final LeaseRepository leases;
  private final ReportMaker maker;
  private final StepConclusion conclusion;
  private final Surroundings surroundings;
  private final Terms terms;
  private final EventLogger log;

  /**
   * Under which terms a step is executed.
   *
   * @param lease how long an executor that fell silent counts as alive, {@code LEASE_SECONDS}
   */
  public record Terms(Duration lease, TimeBudgetPolicy budget) {}

  /**
   * Time, threads and names, which a simulation replaces.
   *
   * @param executorIds gives a name to each delivery, different from all others of all processes
   */
  public record Surroundings(
      InstantSource clock, Ticker ticker, Forks forks, Supplier<String> executorIds) {}

  StepExecutor(
      LeaseRepository leases,
      ReportMaker maker,
      StepConclusion conclusion,
      Surroundings surroundings,
      Terms terms,
      EventLogger log) {
    this.leases = leases;
    this.maker = maker;
    this.conclusion = conclusion;
    this.surroundings = surroundings;
    this.terms = terms;
    this.log = log;
  }

  /**
   * Executes the step that the message speaks of. Never throws: a fault or a bug becomes a retry.
   *
   * @param shutdown hands the step back early, for another instance
   */
  @Override
  public DeliveryOutcome execute(StepClaimed message, Delivery delivery, Cancellation shutdown) {
    var context = context(message, delivery);
    log.log(new StepClaimedReceived(delivery.attempt()), context);
    if (shutdown.isCancelled()) {
      // Not even taken up: another instance can have it at once.
      return retry(
          StepError.of(ErrorCode.TIME_BUDGET_EXCEEDED, "the process ends"), delivery, context);
    }
    try {
      return acquireAndWork(message, delivery, shutdown, context);
    } catch (StepException e) {
      return retry(e.error(), delivery, context);
    } catch (RuntimeException e) {
      log.log(InternalError.of(e), context);
      return retry(StepError.of(ErrorCode.INTERNAL, "unexpected error"), delivery, context);
    }
  }

  private DeliveryOutcome acquireAndWork(
      StepClaimed message, Delivery delivery, Cancellation shutdown, LogContext context) {
    var budget = TimeBudget.start(terms.budget(), surroundings.clock());
    var claim = message.claim();
    var check = ClaimCheck.of(claim, leases.read(claim.step()), surroundings.clock().instant());
    return switch (check) {
      case ClaimCheck.Stale(var reason) -> {
        log.log(new StepClaimStale(reason), context);
        yield new DeliveryOutcome.Stale();
      }
      case ClaimCheck.Busy() -> busy(context);
      case ClaimCheck.Cancelled(var lease) -> {
        leases.remove(lease);
        log.log(new StepCancelled(), context);
        yield new DeliveryOutcome.Cancelled();
      }
      case ClaimCheck.Free free ->
          acquireAndMake(
              free,
              new ReportTask(free.run().value(), free.step(), budget, new Cancellation(), context),
              delivery,
              shutdown);
    };
  }

  /** The inputs are read meanwhile: reading does no harm where the lease is another's at last. */
  private DeliveryOutcome acquireAndMake(
      ClaimCheck.Free free, ReportTask task, Delivery delivery, Cancellation shutdown) {
    var draft = surroundings.forks().fork(() -> maker.begin(task));
    var executorId = surroundings.executorIds().get();
    LeaseWrite acquired;
    try {
      acquired = acquire(acquired(free, executorId), free.lease().updateTime());
    } catch (RuntimeException e) {
      task.cancellation().cancel();
      throw e;
    }
    return switch (acquired) {
      case LeaseWrite.Lost() -> {
        task.cancellation().cancel();
        yield busy(task.context());
      }
      case LeaseWrite.Written(var lease) -> {
        logAcquired(lease.value(), free.takeover(), task.context());
        var held =
            new HeldLease(leases, lease, executorId, surroundings.clock(), task.cancellation());
        var job = new ReportJob(task, lease.value().claim(), held);
        yield work(
            job,
            draft,
            new StepConclusion.Ending(job, free.run().updateTime(), delivery, shutdown));
      }
    };
  }

  /**
   * Asks a second time after a fault: a lease that is ours without our knowing would keep the step
   * waiting for all of its term, and count as a dead executor then.
   */
  private LeaseWrite acquire(StepLease next, Instant readAt) {
    try {
      return leases.write(next, readAt);
    } catch (StepException e) {
      if (!e.error().retryable()) {
        throw e;
      }
      return leases.write(next, readAt);
    }
  }

  private DeliveryOutcome work(
      ReportJob job, Supplier<ReportMaker.Draft> draft, StepConclusion.Ending ending) {
    ReportResult result;
    var period = terms.lease().dividedBy(BEATS_PER_TERM);
    try (var _ = surroundings.ticker().every(period, () -> beat(job));
        var _ = ending.shutdown().onCancel(job.cancellation()::cancel)) {
      result = make(job, draft);
    }
    job.lease().rest();
    return conclusion.conclude(ending, result);
  }

  /**
   * A ticker drops what throws, and without heartbeats the step would be executed twice. Beyond the
   * delivery's time that is what should happen: whatever hangs is told to end, and the lease runs
   * out.
   */
  private void beat(ReportJob job) {
    try {
      if (job.budget().mayKeepLease()) {
        job.lease().beat();
      } else {
        job.cancellation().cancel();
      }
    } catch (RuntimeException e) {
      log.log(InternalError.of(e), job.context());
    }
  }

  private ReportResult make(ReportJob job, Supplier<ReportMaker.Draft> draft) {
    try {
      return draft.get().finish(job);
    } catch (StepException e) {
      return new ReportResult.NotMade(e.error(), job.lease().modelCalls(), null, null);
    } catch (RuntimeException e) {
      log.log(InternalError.of(e), job.context());
      // What was paid before the bug counts: else it would be paid for at every delivery.
      return new ReportResult.NotMade(
          StepError.of(ErrorCode.INTERNAL, "unexpected error"),
          job.lease().modelCalls(),
          null,
          null);
    }
  }

  /**
   * An executor that died is assumed to have called the model: a step that kills is bounded too.
   */
  private StepLease acquired(ClaimCheck.Free free, String executorId) {
    var lease = free.lease().value();
    var effort =
        new StepLease.Effort(
            lease.effort().deliveries() + 1,
            lease.effort().modelCalls() + (free.takeover() ? 1 : 0));
    return new StepLease(
        lease.claim(),
        new StepLease.Holder.Executor(executorId),
        surroundings.clock().instant().plus(terms.lease()),
        terms.lease(),
        effort,
        lease.lastError(),
        null);
  }

  private void logAcquired(StepLease lease, boolean takeover, LogContext context) {
    log.log(
        new LeaseAcquired(lease.effort().deliveries(), lease.effort().modelCalls(), takeover),
        context);
  }

  private DeliveryOutcome busy(LogContext context) {
    log.log(new ExecutionInProgress(), context);
    return new DeliveryOutcome.InProgress();
  }

  private DeliveryOutcome retry(StepError error, Delivery delivery, LogContext context) {
    log.log(new StepRetryScheduled(error, delivery.attempt()), context);
    return new DeliveryOutcome.Retry(error);
  }

  /** What the log lines of a delivery are about. */
  static LogContext context(StepClaimed message, Delivery delivery) {
    var claim = message.claim();
    return LogContext.NONE
        .withEvent(claim.eventId())
        .withMessage(delivery.messageId())
        .withRun(claim.step().runId())
        .withStep(claim.step().stepId())
        .withClaim(claim.id())
        .withLabels(
            new LogContext.Labels(
                message.flowKey(), message.timeframe(), null, delivery.traceparent()));
  }
}
