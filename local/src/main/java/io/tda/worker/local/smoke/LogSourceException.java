package io.tda.worker.local.smoke;

import java.io.Serial;

/** A log that cannot be read; the message tells a person what to do about it. */
public final class LogSourceException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  LogSourceException(String message) {
    super(message);
  }
}
