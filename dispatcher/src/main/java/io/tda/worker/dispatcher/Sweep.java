package io.tda.worker.dispatcher;

import io.tda.worker.flow.StepException;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.lease.StepLease;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.RecoveryEvent.RecoveryFailed;
import io.tda.worker.log.RecoveryEvent.SweepFinished;
import io.tda.worker.log.RecoveryEvent.SweepStarted;
import io.tda.worker.log.ServiceEvent.InternalError;
import io.tda.worker.store.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/**
 * Brings stuck steps forward: those whose executor died and those whose message was lost. It costs
 * what has expired, not what is running. Safe to run many times at once.
 */
public final class Sweep {
  private static final int PAGE = 100;

  private final LeaseRepository leases;
  private final StepRecovery recovery;
  private final Duration grace;
  private final InstantSource clock;
  private final EventLogger log;

  /**
   * @param grace how long a lease is left alone after its end, {@code SWEEP_GRACE_SECONDS}: clocks
   *     differ
   */
  Sweep(
      LeaseRepository leases,
      StepRecovery recovery,
      Duration grace,
      InstantSource clock,
      EventLogger log) {
    this.leases = leases;
    this.recovery = recovery;
    this.grace = grace;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Deals with what has expired, longest expired first. Never throws: what a fault or the limit
   * leaves over has still expired when the next sweep comes.
   *
   * @param limit no further lease is looked at once so much time has passed
   */
  public SweepResult run(Duration limit) {
    log.log(new SweepStarted(), LogContext.NONE);
    var pass = new Pass(clock.instant().plus(limit));
    try {
      boolean more;
      do {
        more = pass.page();
      } while (more);
    } catch (StepException e) {
      log.log(new RecoveryFailed(e.error()), LogContext.NONE);
      pass.result = pass.result.incomplete();
    } catch (RuntimeException e) {
      log.log(InternalError.of(e), LogContext.NONE);
      pass.result = pass.result.incomplete();
    }
    var result = pass.result;
    log.log(
        new SweepFinished(
            result.expired(),
            result.reclaimed(),
            result.failed(),
            result.deleted(),
            result.complete()),
        LogContext.NONE);
    return result;
  }

  /** One run of the sweep. */
  private final class Pass {
    private final Instant end;
    private final Set<Versioned<StepLease>> seen = new HashSet<>();
    private SweepResult result = SweepResult.NONE;

    Pass(Instant end) {
      this.end = end;
    }

    /** Looks at a page of leases, and says whether there may be another. */
    boolean page() {
      var page = leases.expired(clock.instant().minus(grace), PAGE);
      boolean fresh = false;
      for (var lease : page) {
        if (!clock.instant().isBefore(end)) {
          result = result.incomplete();
          return false;
        }
        if (seen.add(lease)) {
          fresh = true;
          result = result.plus(recover(lease));
        }
      }
      return fresh && page.size() == PAGE;
    }
  }

  private StepRecovery.Recovered recover(Versioned<StepLease> lease) {
    try {
      return recovery.recover(lease);
    } catch (StepException e) {
      log.log(new RecoveryFailed(e.error()), context(lease.value()));
    } catch (RuntimeException e) {
      // One lease that meets a bug must not keep the others waiting.
      log.log(InternalError.of(e), context(lease.value()));
    }
    return StepRecovery.Recovered.POSTPONED;
  }

  private static LogContext context(StepLease lease) {
    var claim = lease.claim();
    return LogContext.NONE
        .withEvent(claim.eventId())
        .withRun(claim.step().runId())
        .withStep(claim.step().stepId())
        .withClaim(claim.id());
  }
}
