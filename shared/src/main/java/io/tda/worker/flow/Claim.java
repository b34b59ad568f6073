package io.tda.worker.flow;

import io.tda.worker.id.ClaimId;
import io.tda.worker.id.StepKey;
import java.time.Instant;

/**
 * The right to execute a step, given once to one claimant.
 *
 * @param attempt 1 for the first claim; 1 more for each time the sweep reclaimed the step
 * @param eventId the event that led to the claim; a redelivery of it publishes the claim again
 */
public record Claim(
    StepKey step, String stepType, ClaimId id, int attempt, String eventId, Instant claimedAt) {}
