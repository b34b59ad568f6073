package io.tda.worker.local.smoke;

import java.util.List;

/**
 * What can be seen of a run from outside.
 *
 * @param status of its step, as stored; empty where the run is not there
 * @param error the code that the step names; empty for none
 */
public record Observed(String status, String error, Report report, List<LoggedLine> log) {

  /** The report object. */
  public enum Report {
    MISSING,
    /** It is this step's report, whole, and the one that the step names. */
    VALID,
    /** Something else is there. */
    BROKEN
  }

  /** Copies the list. */
  public Observed {
    log = List.copyOf(log);
  }

  boolean hasEnded() {
    return List.of("SUCCEEDED", "FAILED", "CANCELLED", "SKIPPED").contains(status);
  }
}
