package io.tda.worker.message;

import io.tda.worker.flow.Claim;
import io.tda.worker.id.Timeframe;
import org.jspecify.annotations.Nullable;

/**
 * Tells an executor that a step is claimed and waits for it. It may arrive late, twice, or after
 * the claim is void: the lease decides, not the message.
 *
 * @param timeframe for logs; null where the step has no usable one
 * @param flowKey for logs; null where the run has none, or one too long to carry along
 */
public record StepClaimed(Claim claim, @Nullable String timeframe, @Nullable String flowKey) {
  private static final int MAX_FLOW_KEY_LENGTH = 256;

  public StepClaimed {
    // Neither is checked before a claim, and neither may keep a claim from being announced.
    if (timeframe != null && Timeframe.parse(timeframe).isEmpty()) {
      timeframe = null;
    }
    if (flowKey != null && (flowKey.isEmpty() || flowKey.length() > MAX_FLOW_KEY_LENGTH)) {
      flowKey = null;
    }
  }
}
