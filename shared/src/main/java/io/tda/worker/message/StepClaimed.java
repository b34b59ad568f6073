package io.tda.worker.message;

import io.tda.worker.flow.Claim;
import org.jspecify.annotations.Nullable;

/**
 * Tells an executor that a step is claimed and waits for it. It may arrive late, twice, or after
 * the claim is void: the lease decides, not the message.
 *
 * @param timeframe for logs; null where the step has no usable one
 * @param flowKey for logs; null where the run has none
 */
public record StepClaimed(Claim claim, @Nullable String timeframe, @Nullable String flowKey) {}
