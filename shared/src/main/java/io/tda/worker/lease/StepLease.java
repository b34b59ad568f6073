package io.tda.worker.lease;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.id.ClaimId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who may work on a claimed step, and until when. One document beside the run, so that heartbeats
 * neither raise events nor compete for the run document.
 *
 * @param expiresAt when the holder counts as dead and the sweep may act
 * @param term for how long the lease was last given; the sweep doubles it for a waiting step
 * @param effort what has been spent so far
 * @param lastError why the last delivery gave up; null where none did
 * @param notBefore no executor starts before; null where that does not matter
 */
public record StepLease(
    Claim claim,
    Holder holder,
    Instant expiresAt,
    Duration term,
    Effort effort,
    @Nullable ErrorCode lastError,
    @Nullable Instant notBefore) {

  /** Who holds the lease. */
  public sealed interface Holder {

    /** Nobody yet: the message is on the way, or waits for another delivery. */
    record Queue() implements Holder {}

    /**
     * An executor works on it and has to extend the lease.
     *
     * @param executorId names one process and one delivery
     */
    record Executor(String executorId) implements Holder {}
  }

  /**
   * What a claim has cost.
   *
   * @param deliveries how often an executor took the message up
   * @param modelCalls how often a model was called, or may have been
   */
  public record Effort(int deliveries, int modelCalls) {
    /** Nothing spent. */
    public static final Effort NONE = new Effort(0, 0);
  }

  /** The lease of a claim that was just made. */
  public static StepLease dispatched(Claim claim, Duration term) {
    return new StepLease(
        claim, new Holder.Queue(), claim.claimedAt().plus(term), term, Effort.NONE, null, null);
  }

  /** The executor that holds it; null where it waits in the queue. */
  public @Nullable String executorId() {
    return switch (holder) {
      case Holder.Queue() -> null;
      case Holder.Executor(var id) -> id;
    };
  }

  /** The same lease, given until another time. */
  public StepLease until(Instant newExpiry, Duration newTerm) {
    return new StepLease(claim, holder, newExpiry, newTerm, effort, lastError, notBefore);
  }

  /**
   * The lease of the step's next claim, after its executor died. Deliveries begin anew, as the
   * claim's message is a new one. What was paid stays on the bill, and the dead executor is assumed
   * to have called the model once more. It is due at once, as nobody knows of it yet.
   */
  public StepLease reclaimed(ClaimId id, Instant now) {
    var next =
        new Claim(claim.step(), claim.stepType(), id, claim.attempt() + 1, claim.eventId(), now);
    return new StepLease(
        next,
        new Holder.Queue(),
        now,
        term,
        new Effort(0, effort.modelCalls() + 1),
        lastError,
        null);
  }

  /** Whether its holder counts as dead. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
