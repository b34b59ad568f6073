package io.tda.worker.executor.adapter.gemini;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a library's exception: its class, its stack and those of its causes. Messages go,
 * because they may quote the key, the prompt or the answer.
 */
final class FaultTrace extends Exception {
  @Serial private static final long serialVersionUID = 1L;
  private static final int MAX_CAUSES = 8;

  private FaultTrace(Throwable fault, @Nullable FaultTrace cause) {
    super(fault.getClass().getName(), cause);
    setStackTrace(fault.getStackTrace());
  }

  /** The exception without its messages. */
  static FaultTrace of(Throwable fault) {
    return of(fault, MAX_CAUSES);
  }

  private static FaultTrace of(Throwable fault, int causes) {
    var cause = fault.getCause();
    return new FaultTrace(fault, cause == null || causes == 0 ? null : of(cause, causes - 1));
  }
}
