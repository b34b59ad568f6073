package io.tda.worker.config;

import java.time.Duration;

/**
 * How long claims and leases hold.
 *
 * @param lease an executor that has not extended its lease for so long counts as dead
 * @param dispatchLease a claim that no executor took up for so long is published again
 * @param sweepGrace what the sweep adds to both, for clocks that differ
 * @param maxClaimAttempts how often a step is claimed before it fails
 * @param claimMaxAge how long a claim may wait in all
 */
public record LeaseConfig(
    Duration lease,
    Duration dispatchLease,
    Duration sweepGrace,
    int maxClaimAttempts,
    Duration claimMaxAge) {

  /** How often a holder extends its lease: two extensions may be lost. */
  public Duration heartbeat() {
    return lease.dividedBy(3);
  }
}
