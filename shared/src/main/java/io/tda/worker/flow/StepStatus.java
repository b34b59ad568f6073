package io.tda.worker.flow;

import org.jspecify.annotations.Nullable;

/** The status of a step. The worker moves its own steps to RUNNING, SUCCEEDED and FAILED only. */
public enum StepStatus {
  PENDING,
  READY,
  RUNNING,
  SUCCEEDED,
  FAILED,
  SKIPPED,
  CANCELLED,
  /** Absent, or a name this version does not know; such a step is left alone. */
  UNRECOGNIZED;

  /** The status of this name; {@link #UNRECOGNIZED} for anything else. */
  public static StepStatus parse(@Nullable Object name) {
    for (var status : values()) {
      if (status.name().equals(name)) {
        return status;
      }
    }
    return UNRECOGNIZED;
  }

  /** Whether a step of this status has ended. */
  public boolean isFinal() {
    return switch (this) {
      case SUCCEEDED, FAILED, SKIPPED, CANCELLED -> true;
      case PENDING, READY, RUNNING, UNRECOGNIZED -> false;
    };
  }
}
