package io.tda.worker.config;

/**
 * The settings that only the dispatcher has.
 *
 * @param maxClaimsPerEvent how many steps one event may claim, 1 to 20
 * @param claimMaxAttempts how often one event tries to claim against other writers
 */
public record DispatcherConfig(
    String topic, OrderingScope orderingScope, int maxClaimsPerEvent, int claimMaxAttempts) {

  /** Which messages are delivered one after the other. */
  public enum OrderingScope {
    /** Those of one step. */
    STEP,
    /** Those of one run. */
    RUN
  }
}
