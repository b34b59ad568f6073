package io.tda.worker.dispatcher;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.ClaimResult;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.ReadyStepSelector;
import io.tda.worker.flow.RunRead;
import io.tda.worker.flow.Selection;
import io.tda.worker.flow.StepException;
import io.tda.worker.flow.Violation;
import io.tda.worker.id.ClaimIds;
import io.tda.worker.id.StepKey;
import io.tda.worker.log.ClaimEvent.ClaimAttempt;
import io.tda.worker.log.ClaimEvent.ReadyStepSelected;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.store.Versioned;
import io.tda.worker.time.Backoff;
import io.tda.worker.time.Sleeper;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Claims what a run has to offer: selects, commits, and after a conflict reads and selects again.
 * Contention is normal, since every dispatcher that sees the same document wants the same step.
 */
public final class StepClaimer {
  private final FlowRunRepository runs;
  private final ReadyStepSelector selector;
  private final Terms terms;
  private final Surroundings surroundings;
  private final EventLogger log;

  /**
   * How steps are claimed.
   *
   * @param maxAttempts tries before an event gives up, {@code CLAIM_MAX_ATTEMPTS}
   * @param lease how long a claim may wait for an executor, {@code DISPATCH_LEASE_SECONDS}
   */
  public record Terms(int maxAttempts, Duration lease) {}

  /** Time and randomness, which a simulation replaces. */
  public record Surroundings(InstantSource clock, RandomGenerator random, Sleeper sleeper) {}

  public StepClaimer(
      FlowRunRepository runs,
      ReadyStepSelector selector,
      Terms terms,
      Surroundings surroundings,
      EventLogger log) {
    this.runs = runs;
    this.selector = selector;
    this.terms = terms;
    this.surroundings = surroundings;
    this.log = log;
  }

  /** What became of a run. */
  public sealed interface Result {

    /** These steps are RUNNING under new claims, which no executor knows of yet. */
    record Claimed(FlowRun run, List<Claim> claims) implements Result {}

    /** A step that can never run; it is still READY. */
    record Misconfigured(Versioned<FlowRun> run, FlowStep step, Violation reason)
        implements Result {}

    /** Nothing is free in the run as it is now. */
    record Nothing(FlowRun run, Selection why) implements Result {}

    /** The run was removed or broken meanwhile; {@code read} says which. */
    record Gone(RunRead read) implements Result {}

    /** Every try met another change of the run. */
    record Conflict() implements Result {}
  }

  /**
   * Claims what is free in the run. One round trip; a conflict costs two more.
   *
   * @param seen the run as it was last seen, by a read or in an event; the commit finds out whether
   *     it has changed since
   * @param eventId the event that led here; it goes into the claims
   */
  public Result claim(Versioned<FlowRun> seen, String eventId, LogContext context) {
    var run = seen;
    for (int attempt = 1; attempt <= terms.maxAttempts(); attempt++) {
      if (attempt > 1) {
        surroundings.sleeper().sleep(Backoff.CONFLICT.delay(attempt - 1, surroundings.random()));
        var read = runs.read(run.value().id());
        if (!(read instanceof RunRead.Found(var current))) {
          return new Result.Gone(read);
        }
        run = current;
      }
      var selection = selector.select(run.value());
      if (selection instanceof Selection.Misconfigured(var step, var reason)) {
        return new Result.Misconfigured(run, step, reason);
      }
      if (!(selection instanceof Selection.Selected(var steps))) {
        return new Result.Nothing(run.value(), selection);
      }
      var claims = newClaims(run.value(), steps, eventId);
      if (commit(run, claims, attempt, context) instanceof ClaimResult.Claimed) {
        return new Result.Claimed(run.value(), claims);
      }
    }
    return new Result.Conflict();
  }

  private ClaimResult commit(
      Versioned<FlowRun> run, List<Claim> claims, int attempt, LogContext context) {
    claims.forEach(
        claim -> log.log(new ReadyStepSelected(), context.withStep(claim.step().stepId())));
    try {
      var result = runs.claim(run, claims, terms.lease());
      var reason =
          switch (result) {
            case ClaimResult.Claimed _ -> ClaimAttempt.Reason.OK;
            case ClaimResult.Contended _ -> ClaimAttempt.Reason.PRECONDITION_FAILED;
          };
      logAttempts(claims, reason, attempt, context);
      return result;
    } catch (StepException e) {
      logAttempts(claims, ClaimAttempt.Reason.ERROR, attempt, context);
      throw e;
    }
  }

  private void logAttempts(
      List<Claim> claims, ClaimAttempt.Reason reason, int attempt, LogContext context) {
    for (var claim : claims) {
      log.log(
          new ClaimAttempt(reason == ClaimAttempt.Reason.OK, reason, attempt),
          context.withStep(claim.step().stepId()).withClaim(claim.id()));
    }
  }

  /**
   * The time is cut to milliseconds, so that the document, the lease and the message agree on it.
   */
  private List<Claim> newClaims(FlowRun run, List<FlowStep> steps, String eventId) {
    var claimedAt = surroundings.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    var ids = new ClaimIds(surroundings.clock(), surroundings.random());
    return steps.stream()
        .map(step ->
            new Claim(
                new StepKey(run.id(), step.id()),
                step.stepType(),
                ids.next(),
                1,
                eventId,
                claimedAt))
        .toList();
  }
}
