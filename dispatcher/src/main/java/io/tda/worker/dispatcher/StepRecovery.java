package io.tda.worker.dispatcher;

import io.tda.worker.config.LeaseConfig;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.FinalizeResult;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.flow.FlowRunRepository.Fence;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.flow.StepExecution;
import io.tda.worker.flow.StepFinalizer;
import io.tda.worker.flow.StepOutcome;
import io.tda.worker.id.ClaimIds;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.lease.LeaseWrite;
import io.tda.worker.lease.StepLease;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.OutputEvent.FinalizeFailed;
import io.tda.worker.log.OutputEvent.StepFailed;
import io.tda.worker.log.RecoveryEvent.StepReclaimed;
import io.tda.worker.store.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Carries out what an expired lease needs. Every write is held to the lease as it was found, so of
 * many sweeps at once one succeeds, and an executor that shows a sign of life is left alone.
 */
final class StepRecovery {
  private final FlowRunRepository runs;
  private final LeaseRepository leases;
  private final StepFinalizer finalizer;
  private final ClaimPublisher publisher;
  private final LeaseConfig terms;
  private final StepClaimer.Surroundings surroundings;
  private final EventLogger log;

  /** What became of a lease. */
  enum Recovered {
    /** The step has a new claim, or its message was published again. */
    RECLAIMED,
    /** The step was given up. */
    FAILED,
    /** The lease is gone, as nobody needed it. */
    DELETED,
    /** Somebody else did something about it first. */
    OVERTAKEN,
    /** A fault was in the way: it is left to the next sweep. */
    POSTPONED
  }

  StepRecovery(
      DispatcherAssembly.Ports ports, LeaseConfig terms, StepClaimer.Surroundings surroundings) {
    this.runs = ports.runs();
    this.leases = ports.leases();
    this.finalizer = new StepFinalizer(ports.runs(), surroundings.sleeper(), surroundings.random());
    this.publisher = new ClaimPublisher(ports.publisher(), ports.log());
    this.terms = terms;
    this.surroundings = surroundings;
    this.log = ports.log();
  }

  /**
   * Does what the lease needs. Two round trips and, where there is one, a message. Store faults are
   * thrown as {@code StepException}; repeating is safe.
   */
  Recovered recover(Versioned<StepLease> lease) {
    var claim = lease.value().claim();
    var policy = new SweepPolicy(terms.maxClaimAttempts(), terms.claimMaxAge());
    var read = runs.read(claim.step().runId());
    return switch (policy.remedy(lease.value(), read, clock().instant())) {
      case Remedy.Delete() -> delete(lease);
      case Remedy.Republish(var run, var term) -> announce(lease, run.value(), term);
      case Remedy.Reclaim(var run) -> reclaim(lease, run.value());
      case Remedy.Fail(var run, var error) -> fail(lease, run, error);
    };
  }

  private Recovered delete(Versioned<StepLease> lease) {
    return switch (leases.remove(lease)) {
      case LeaseWrite.Written _ -> Recovered.DELETED;
      case LeaseWrite.Lost() -> Recovered.OVERTAKEN;
    };
  }

  /**
   * Due at once, until the message is out: if this process dies before, the next sweep sends it.
   */
  private Recovered reclaim(Versioned<StepLease> lease, FlowRun run) {
    var id = new ClaimIds(clock(), surroundings.random()).next();
    var next = lease.value().reclaimed(id, clock().instant());
    return switch (leases.write(next, lease.updateTime())) {
      case LeaseWrite.Lost() -> Recovered.OVERTAKEN;
      case LeaseWrite.Written(var written) -> {
        log.log(new StepReclaimed(next.claim().attempt()), context(run, next));
        yield announce(written, run, terms.dispatchLease());
      }
    };
  }

  /**
   * Publishes the claim, and only then lets the lease wait for that long: a message too many does
   * no harm, and one too few would be missed until the end of the term.
   */
  private Recovered announce(Versioned<StepLease> lease, FlowRun run, Duration term) {
    var claims = List.of(lease.value().claim());
    return switch (publisher.republish(run, claims, context(run, lease.value()))) {
      case EventOutcome.Redeliver _ -> Recovered.POSTPONED;
      case EventOutcome _ -> {
        var waiting = lease.value().until(clock().instant().plus(term), term);
        yield switch (leases.write(waiting, lease.updateTime())) {
          case LeaseWrite.Written _ -> Recovered.RECLAIMED;
          case LeaseWrite.Lost() -> Recovered.OVERTAKEN;
        };
      }
    };
  }

  private Recovered fail(Versioned<StepLease> lease, Versioned<FlowRun> run, StepError error) {
    var context = context(run.value(), lease.value());
    return switch (finish(lease, run.updateTime(), error, context)) {
      case FinalizeResult.Finalized() -> {
        log.log(new StepFailed(error), context);
        yield Recovered.FAILED;
      }
      case FinalizeResult.AlreadyFinal _, FinalizeResult.NotRunning _, FinalizeResult.RunEnded _ ->
          delete(lease);
      case FinalizeResult.Superseded() -> Recovered.OVERTAKEN;
      case FinalizeResult.Contended _ -> {
        log.log(
            new FinalizeFailed(
                StepError.of(ErrorCode.FIRESTORE_FINALIZE_FAILED, "the step's end is not written")),
            context);
        yield Recovered.POSTPONED;
      }
    };
  }

  private FinalizeResult finish(
      Versioned<StepLease> lease, Instant runUpdateTime, StepError error, LogContext context) {
    var claim = lease.value().claim();
    var execution =
        new StepExecution(
            new StepExecution.Timing(claim.claimedAt(), clock().instant()),
            new StepExecution.ClaimUse(
                claim.id(), claim.attempt(), lease.value().effort().deliveries()),
            null,
            null);
    var fence = new Fence(claim.id(), lease.value().executorId(), lease.updateTime());
    try {
      return finalizer.finishAbandoned(
          claim.step(), new StepOutcome.Failed(error, execution), fence, runUpdateTime);
    } catch (StepException e) {
      log.log(new FinalizeFailed(e.error()), context);
      throw e;
    }
  }

  private static LogContext context(FlowRun run, StepLease lease) {
    var claim = lease.claim();
    return LogContext.NONE
        .withEvent(claim.eventId())
        .withRun(claim.step().runId())
        .withStep(claim.step().stepId())
        .withClaim(claim.id())
        .withLabels(new LogContext.Labels(run.flowKey(), null, run.symbol(), null));
  }

  private InstantSource clock() {
    return surroundings.clock();
  }
}
