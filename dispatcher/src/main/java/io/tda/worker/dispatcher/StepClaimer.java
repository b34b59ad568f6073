package io.tda.worker.dispatcher;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.ClaimResult;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.StepException;
import io.tda.worker.id.ClaimIds;
import io.tda.worker.id.StepKey;
import io.tda.worker.log.ClaimEvent.ClaimAttempt;
import io.tda.worker.log.ClaimEvent.ReadyStepSelected;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.store.Versioned;
import io.tda.worker.time.Sleeper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Claims steps of a run in one commit, and says in the log how that went. */
public final class StepClaimer {
  private final FlowRunRepository runs;
  private final Duration lease;
  private final InstantSource clock;
  private final ClaimIds ids;
  private final EventLogger log;

  /**
   * How steps are claimed.
   *
   * @param maxAttempts tries before an event gives up, {@code CLAIM_MAX_ATTEMPTS}
   * @param lease how long a claim may wait for an executor, {@code DISPATCH_LEASE_SECONDS}
   */
  public record Terms(int maxAttempts, Duration lease) {}

  /**
   * Time and randomness, which a simulation replaces.
   *
   * @param random makes claim ids too: safe for use by many threads where there are many
   */
  public record Surroundings(InstantSource clock, RandomGenerator random, Sleeper sleeper) {}

  /**
   * Which try this is.
   *
   * @param eventId the event that led here; it goes into the claims
   * @param number 1 for the first try of the event
   */
  record Try(String eventId, int number) {}

  StepClaimer(FlowRunRepository runs, Duration lease, Surroundings surroundings, EventLogger log) {
    this.runs = runs;
    this.lease = lease;
    this.clock = surroundings.clock();
    this.ids = new ClaimIds(surroundings.clock(), surroundings.random());
    this.log = log;
  }

  /**
   * Claims the steps, all or none. One round trip, one more for a conflict.
   *
   * @param seen the run that the steps were selected from
   * @return the claims, of which no executor knows yet; empty where the run has changed
   */
  Optional<List<Claim>> claim(
      Versioned<FlowRun> seen, List<FlowStep> steps, Try attempt, LogContext context) {
    var claims = newClaims(seen.value(), steps, attempt.eventId());
    claims.forEach(
        claim -> log.log(new ReadyStepSelected(), context.withStep(claim.step().stepId())));
    try {
      return switch (runs.claim(seen, claims, lease)) {
        case ClaimResult.Claimed _ -> {
          logAttempts(claims, ClaimAttempt.Reason.OK, attempt, context);
          yield Optional.of(claims);
        }
        case ClaimResult.Contended _ -> {
          logAttempts(claims, ClaimAttempt.Reason.PRECONDITION_FAILED, attempt, context);
          yield Optional.empty();
        }
      };
    } catch (StepException e) {
      logAttempts(claims, ClaimAttempt.Reason.ERROR, attempt, context);
      throw e;
    }
  }

  private void logAttempts(
      List<Claim> claims, ClaimAttempt.Reason reason, Try attempt, LogContext context) {
    for (var claim : claims) {
      log.log(
          new ClaimAttempt(reason == ClaimAttempt.Reason.OK, reason, attempt.number()),
          context.withStep(claim.step().stepId()).withClaim(claim.id()));
    }
  }

  private List<Claim> newClaims(FlowRun run, List<FlowStep> steps, String eventId) {
    var claimedAt = clock.instant();
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
