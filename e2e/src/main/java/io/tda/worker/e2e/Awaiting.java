package io.tda.worker.e2e;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions; nothing in these tests waits for a time. */
public final class Awaiting {
  /**
   * Only ever used up where something is broken, so that it can be as long as a busy machine needs.
   */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration POLL = Duration.ofMillis(20);

  private Awaiting() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @param what names the condition for the failure's message
   * @throws AssertionError where it does not hold in {@link #PATIENCE}
   */
  public static void until(String what, BooleanSupplier condition) {
    value(what, PATIENCE, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Returns the value as soon as there is one. */
  public static <T> T value(String what, Supplier<Optional<T>> source) {
    return value(what, PATIENCE, source);
  }

  /** The same with another patience. */
  public static <T> T value(String what, Duration patience, Supplier<Optional<T>> source) {
    long end = System.nanoTime() + patience.toNanos();
    var found = source.get();
    while (found.isEmpty()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited " + patience.toSeconds() + " s in vain for: " + what);
      }
      pause();
      found = source.get();
    }
    return found.get();
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
