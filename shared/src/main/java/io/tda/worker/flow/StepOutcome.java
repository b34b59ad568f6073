package io.tda.worker.flow;

import io.tda.worker.artifact.GcsUri;

/** How a step ends, once and for all. */
public sealed interface StepOutcome {
  /** How it was executed. */
  StepExecution execution();

  /** The report is written and valid. */
  record Succeeded(GcsUri report, StepExecution execution) implements StepOutcome {}

  /** There will be no report. */
  record Failed(StepError error, StepExecution execution) implements StepOutcome {}

  /** The status that the step gets. */
  default StepStatus status() {
    return switch (this) {
      case Succeeded _ -> StepStatus.SUCCEEDED;
      case Failed _ -> StepStatus.FAILED;
    };
  }
}
