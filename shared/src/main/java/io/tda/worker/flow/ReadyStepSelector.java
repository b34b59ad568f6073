package io.tda.worker.flow;

import io.tda.worker.flow.Selection.Blocked;
import io.tda.worker.flow.Selection.DependencyNotSucceeded;
import io.tda.worker.flow.Selection.Misconfigured;
import io.tda.worker.flow.Selection.NoReadyStep;
import io.tda.worker.flow.Selection.RunNotRunning;
import io.tda.worker.flow.Selection.Selected;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the steps to claim: READY, executable, and all dependencies SUCCEEDED, in the order of
 * their ids. A step that waits does not hide a later one that is free.
 *
 * <p>The same run always gives the same answer, so two dispatchers that see the same document want
 * the same step, and the precondition lets one of them have it.
 */
public final class ReadyStepSelector {
  private final int maxSteps;

  /**
   * @param maxSteps how many steps one selection may name, {@code MAX_CLAIMS_PER_EVENT}
   */
  public ReadyStepSelector(int maxSteps) {
    if (maxSteps < 1) {
      throw new IllegalArgumentException("maxSteps must be positive");
    }
    this.maxSteps = maxSteps;
  }

  /** What there is to do in this run. */
  public Selection select(FlowRun run) {
    if (run.status() != RunStatus.RUNNING) {
      return new RunNotRunning(run.status());
    }
    var free = new ArrayList<FlowStep>();
    var blocked = new ArrayList<Blocked>();
    for (var step : run.steps().values()) {
      if (step.status() != StepStatus.READY || !step.isExecutable()) {
        continue;
      }
      switch (readiness(run, step)) {
        case Readiness.Free() -> free.add(step);
        case Readiness.Waiting(var reason) -> blocked.add(reason);
        case Readiness.Never(var reason) -> {
          if (free.isEmpty()) {
            return new Misconfigured(step, reason);
          }
        }
      }
      if (free.size() == maxSteps) {
        break;
      }
    }
    return free.isEmpty() ? nothingFree(run, blocked) : new Selected(free);
  }

  private sealed interface Readiness {
    record Free() implements Readiness {}

    record Waiting(Blocked reason) implements Readiness {}

    record Never(Violation reason) implements Readiness {}
  }

  private static Readiness readiness(FlowRun run, FlowStep step) {
    return switch (step.dependencies()) {
      case FlowStep.Dependencies.Malformed(var violation) -> new Readiness.Never(violation);
      case FlowStep.Dependencies.Named(var stepIds) -> readiness(run, step, stepIds);
    };
  }

  private static Readiness readiness(FlowRun run, FlowStep step, List<String> dependsOn) {
    @Nullable Blocked waiting = null;
    for (int i = 0; i < dependsOn.size(); i++) {
      var dependency = run.step(dependsOn.get(i)).orElse(null);
      if (dependency == null) {
        return new Readiness.Never(
            new Violation(step.pointer() + "/dependsOn/" + i, "names no step of this run"));
      }
      if (waiting == null && dependency.status() != StepStatus.SUCCEEDED) {
        waiting = new Blocked(step.id(), dependency.id(), dependency.status());
      }
    }
    return waiting == null ? new Readiness.Free() : new Readiness.Waiting(waiting);
  }

  /** Only now is a cycle worth looking for: while something is free, the run still moves. */
  private static Selection nothingFree(FlowRun run, List<Blocked> blocked) {
    if (blocked.isEmpty()) {
      return new NoReadyStep();
    }
    var waitingForever = DependencyCycles.waitingForever(run);
    return blocked.stream()
        .flatMap(waiting -> run.step(waiting.step()).stream())
        .filter(step -> waitingForever.contains(step.id().value()))
        .findFirst()
        .<Selection>map(step ->
            new Misconfigured(
                step,
                new Violation(step.pointer() + "/dependsOn", "waits for a cycle of dependencies")))
        .orElseGet(() -> new DependencyNotSucceeded(List.copyOf(blocked)));
  }
}
