package io.tda.worker.local.stack;

import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.RunStatus;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.id.StepId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which steps of a run an orchestrator would make READY now. */
public sealed interface TriggerChoice {

  /** These, in the order of their ids. */
  record Steps(List<StepId> steps) implements TriggerChoice {
    /** Copies the list. */
    public Steps {
      steps = List.copyOf(steps);
    }
  }

  /** None, for a reason that a person can act on. */
  record Nothing(String reason) implements TriggerChoice {}

  /**
   * Chooses.
   *
   * @param wanted null for all steps that wait for nothing
   * @param again whether a step that has ended may be executed once more
   */
  static TriggerChoice of(FlowRun run, @Nullable StepId wanted, boolean again) {
    if (run.status() != RunStatus.RUNNING) {
      return new Nothing("the run is " + run.status() + ", not RUNNING");
    }
    if (wanted == null) {
      var free =
          run.steps().values().stream()
              .filter(step -> step.isExecutable() && step.status() == StepStatus.PENDING)
              .filter(step -> waitsFor(run, step) == null)
              .map(FlowStep::id)
              .toList();
      return free.isEmpty()
          ? new Nothing("no LLM_REPORT step is PENDING and free; name one with --step")
          : new Steps(free);
    }
    return run.step(wanted)
        .map(step -> of(run, step, again))
        .orElseGet(() -> new Nothing("the run has no step " + wanted));
  }

  private static TriggerChoice of(FlowRun run, FlowStep step, boolean again) {
    if (!step.isExecutable()) {
      return new Nothing("step " + step.id() + " is not of type " + FlowStep.LLM_REPORT);
    }
    var obstacle = waitsFor(run, step);
    if (obstacle != null) {
      return new Nothing("step " + step.id() + " waits for " + obstacle);
    }
    boolean ended = step.status().isFinal();
    if (step.status() == StepStatus.PENDING || (ended && again)) {
      return new Steps(List.of(step.id()));
    }
    return new Nothing(
        "step " + step.id() + " is " + step.status() + (ended ? "; --again repeats it" : ""));
  }

  /** The first dependency that has not succeeded; null where there is none. */
  private static @Nullable String waitsFor(FlowRun run, FlowStep step) {
    return switch (step.dependencies()) {
      case FlowStep.Dependencies.Malformed(var violation) -> violation.toString();
      case FlowStep.Dependencies.Named(var names) ->
          names.stream()
              .filter(name ->
                  run.step(name).filter(other -> other.status() == StepStatus.SUCCEEDED).isEmpty())
              .findFirst()
              .orElse(null);
    };
  }
}
