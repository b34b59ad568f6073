package io.tda.worker.local;

import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.ReadyStepSelector;
import io.tda.worker.flow.Selection;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.id.StepId;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which step of a run a local execution is about. */
sealed interface StepChoice {

  /** This one. */
  record Chosen(StepId step) implements StepChoice {}

  /** None, for a reason that a person can act on. */
  record Nothing(String reason) implements StepChoice {}

  /** There is no step of the wanted name. */
  record Unknown() implements StepChoice {}

  /**
   * Chooses as the dispatcher would, among all steps or for one of them.
   *
   * @param wanted null for the first that is free
   */
  static StepChoice of(FlowRun run, @Nullable StepId wanted) {
    if (wanted == null) {
      return choose(run);
    }
    var step = run.step(wanted).orElse(null);
    if (step == null) {
      return new Unknown();
    }
    if (!step.isExecutable()) {
      return new Nothing("step " + wanted + " is not of type " + FlowStep.LLM_REPORT);
    }
    return step.status() == StepStatus.READY
        ? choose(only(run, wanted))
        : new Nothing("step " + wanted + " is " + step.status() + ", not READY");
  }

  private static StepChoice choose(FlowRun run) {
    return switch (new ReadyStepSelector(1).select(run)) {
      case Selection.Selected(var steps) -> new Chosen(steps.getFirst().id());
      case Selection.Misconfigured(var step, _) -> new Chosen(step.id());
      case Selection.NoReadyStep() ->
          new Nothing("no " + FlowStep.LLM_REPORT + " step of the run is READY");
      case Selection.RunNotRunning(var status) ->
          new Nothing("the run is " + status + ", not RUNNING");
      case Selection.DependencyNotSucceeded(var blocked) -> {
        var first = blocked.getFirst();
        yield new Nothing(
            "step "
                + first.step()
                + " waits for "
                + first.waitsFor()
                + ", which is "
                + first.status());
      }
    };
  }

  /** The run as if no other step were READY, so that one execution pays for one report. */
  static FlowRun only(FlowRun run, StepId chosen) {
    var steps = new TreeMap<>(run.steps());
    steps.replaceAll((_, step) -> isHeldBack(step, chosen) ? held(step) : step);
    return new FlowRun(run.id(), run.status(), run.flowKey(), run.symbol(), steps);
  }

  /** Whether the step has to wait while another one is executed. */
  static boolean isHeldBack(FlowStep step, StepId chosen) {
    return step.isExecutable() && step.status() == StepStatus.READY && !step.id().equals(chosen);
  }

  private static FlowStep held(FlowStep step) {
    return new FlowStep(step.id(), step.stepType(), StepStatus.PENDING, step.fields());
  }
}
