package io.tda.worker.flow;

import io.tda.worker.id.StepId;
import java.util.List;

/** What there is to do in a run. */
public sealed interface Selection {

  /**
   * Steps that may be claimed now.
   *
   * @param steps at least one, in the order of their ids
   */
  record Selected(List<FlowStep> steps) implements Selection {
    public Selected {
      steps = List.copyOf(steps);
      if (steps.isEmpty()) {
        throw new IllegalArgumentException("nothing selected");
      }
    }
  }

  /** A READY step that can never run, whatever else happens in the run; it is to be failed. */
  record Misconfigured(FlowStep step, Violation reason) implements Selection {}

  /** No executable step is READY. */
  record NoReadyStep() implements Selection {}

  /**
   * Every READY step still waits.
   *
   * @param blocked the steps that wait, in the order of their ids
   */
  record DependencyNotSucceeded(List<Blocked> blocked) implements Selection {}

  /** The run itself is not RUNNING. */
  record RunNotRunning(RunStatus status) implements Selection {}

  /** A step that waits, and the first of its dependencies that has not succeeded. */
  record Blocked(StepId step, StepId waitsFor, StepStatus status) {}
}
