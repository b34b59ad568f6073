package io.tda.worker.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The time budget of one delivery: the policy, applied to a clock. */
public final class TimeBudget {
  private final TimeBudgetPolicy policy;
  private final InstantSource clock;
  private final Instant end;

  private TimeBudget(TimeBudgetPolicy policy, InstantSource clock, Instant end) {
    this.policy = policy;
    this.clock = clock;
    this.end = end;
  }

  /** The budget of a delivery that starts now. */
  public static TimeBudget start(TimeBudgetPolicy policy, InstantSource clock) {
    return new TimeBudget(policy, clock, clock.instant().plus(policy.invocation()));
  }

  /** What is left, negative when it is overdrawn. */
  public Duration remaining() {
    return Duration.between(clock.instant(), end);
  }

  /** Whether an external call may start now. */
  public boolean mayStartCall() {
    return policy.mayStartCall(remaining());
  }

  /** The deadline for a model call that starts now. */
  public Optional<Duration> modelDeadline() {
    return policy.modelDeadline(remaining());
  }

  /** Whether a repair may start now. */
  public boolean mayRepair() {
    return policy.mayRepair(remaining());
  }

  /** Whether the delivery may still keep others from its step. */
  public boolean mayKeepLease() {
    return policy.mayKeepLease(remaining());
  }

  /** Whether waiting this long still leaves time for a call. */
  public boolean mayWait(Duration delay) {
    return policy.mayWait(delay, remaining());
  }

  /** The time that is kept back for the last write. */
  public Duration finalizeReserve() {
    return policy.finalizeReserve();
  }
}
