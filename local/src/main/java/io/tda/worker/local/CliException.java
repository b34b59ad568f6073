package io.tda.worker.local;

import java.io.Serial;

/** Ends a command with a line for the person who called it, and an exit code. */
final class CliException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  CliException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }

  /** A file that cannot be used: names it, the place in it and the rule. */
  static CliException badInput(Object file, String reason) {
    return new CliException(ExitCode.BAD_INPUT, file + ": " + reason);
  }
}
