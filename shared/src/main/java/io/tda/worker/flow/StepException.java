package io.tda.worker.flow;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A fault of something outside: made in an adapter, caught where a step's work ends. What can
 * normally happen is a result type, not this.
 */
public final class StepException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient StepError error;

  /**
   * @param cause for stack traces in the log; its message may hold payload and is never shown
   */
  public StepException(StepError error, @Nullable Throwable cause) {
    super(error.code() + ": " + error.message(), cause);
    this.error = error;
  }

  public StepException(StepError error) {
    this(error, null);
  }

  /** The failure in its storable form. */
  public StepError error() {
    return error;
  }
}
