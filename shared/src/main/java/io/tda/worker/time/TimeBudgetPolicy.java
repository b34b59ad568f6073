package io.tda.worker.time;

import java.time.Duration;
import java.util.Optional;

/**
 * What may still be started in the time that is left of a delivery. Finalizing is always tried; all
 * else has to leave the reserve for it untouched.
 *
 * @param invocation how long one delivery may take, {@code INVOCATION_TIMEOUT_SECONDS}
 * @param finalizeReserve kept back for the last write, {@code FINALIZE_BUDGET_SECONDS}
 * @param model how long one model call may take at most, {@code GEMINI_TIMEOUT_SECONDS}
 */
public record TimeBudgetPolicy(Duration invocation, Duration finalizeReserve, Duration model) {
  /** A repair needs at least this on top of the reserve: less would be paid for in vain. */
  public static final Duration MIN_REPAIR = Duration.ofSeconds(30);

  public TimeBudgetPolicy {
    if (!model.isPositive() || finalizeReserve.isNegative()) {
      throw new IllegalArgumentException("a deadline and a reserve cannot be negative");
    }
    if (model.plus(finalizeReserve).compareTo(invocation) > 0) {
      throw new IllegalArgumentException("model deadline + finalize reserve exceed the invocation");
    }
  }

  /** Whether an external call may start. */
  public boolean mayStartCall(Duration remaining) {
    return remaining.compareTo(finalizeReserve) >= 0;
  }

  /**
   * The deadline for a model call that starts now; empty where nothing but the reserve is left. A
   * call whose time is shortened by what came before it is still made.
   */
  public Optional<Duration> modelDeadline(Duration remaining) {
    var usable = remaining.minus(finalizeReserve);
    if (!usable.isPositive()) {
      return Optional.empty();
    }
    return Optional.of(usable.compareTo(model) < 0 ? usable : model);
  }

  /** Whether a repair may start. */
  public boolean mayRepair(Duration remaining) {
    return remaining.compareTo(finalizeReserve.plus(MIN_REPAIR)) > 0;
  }

  /**
   * Whether the delivery may still keep others from its step. One that hangs beyond its time may
   * not: nobody would ever take the step over.
   */
  public boolean mayKeepLease(Duration remaining) {
    return !remaining.isNegative();
  }

  /** Whether waiting this long still leaves time for a call. */
  public boolean mayWait(Duration delay, Duration remaining) {
    return mayStartCall(remaining.minus(delay));
  }
}
