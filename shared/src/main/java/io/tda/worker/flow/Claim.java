package io.tda.worker.flow;

import io.tda.worker.id.ClaimId;
import io.tda.worker.id.StepKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The right to execute a step, given once to one claimant.
 *
 * @param attempt 1 for the first claim; 1 more for each time the sweep reclaimed the step
 * @param eventId the event that led to the claim; a redelivery of it publishes the claim again
 * @param claimedAt in milliseconds; finer digits are cut off
 */
public record Claim(
    StepKey step, String stepType, ClaimId id, int attempt, String eventId, Instant claimedAt) {
  public Claim {
    if (attempt < 1) {
      throw new IllegalArgumentException("the first attempt is attempt 1");
    }
    // The message carries milliseconds and the lease more; cut here, they name the same time.
    claimedAt = claimedAt.truncatedTo(ChronoUnit.MILLIS);
  }
}
