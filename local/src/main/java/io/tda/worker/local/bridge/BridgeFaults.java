package io.tda.worker.local.bridge;

import java.time.Duration;

/**
 * What is done to events besides delivering them. All that Eventarc may do, and a loss, which it
 * may not: the reconciliation exists for that.
 *
 * @param duplicate the share of events that come twice, 0 to 1
 * @param reorder the share of events that wait for up to {@code delay}, and so are overtaken
 * @param drop the share of events that never come
 * @param delay the longest wait
 */
public record BridgeFaults(double duplicate, double reorder, double drop, Duration delay) {
  /** Each event once, at once. */
  public static final BridgeFaults NONE = new BridgeFaults(0, 0, 0, Duration.ZERO);

  /** Checks the shares. */
  public BridgeFaults {
    for (var share : new double[] {duplicate, reorder, drop}) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("a share is between 0 and 1, not " + share);
      }
    }
    if (delay.isNegative()) {
      throw new IllegalArgumentException("a delay is not negative");
    }
  }
}
