package io.tda.worker.flow;

import java.util.Arrays;
import java.util.Optional;

/** The status of a run. The orchestrator writes it; the worker only reads it. */
public enum RunStatus {
  PENDING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** The status of this name, or empty for an unknown one. */
  public static Optional<RunStatus> parse(String name) {
    return Arrays.stream(values()).filter(status -> status.name().equals(name)).findFirst();
  }
}
