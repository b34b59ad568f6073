package io.tda.worker.local.stack;

import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.RunRead;
import io.tda.worker.flow.RunStatus;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.flow.Violation;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepKey;
import io.tda.worker.lease.StepLease;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A run as a person wants to see it. */
public sealed interface RunView {

  /** There is no such run. */
  record Missing() implements RunView {}

  /** The document lacks what every run has. */
  record Invalid(List<Violation> violations) implements RunView {
    /** Copies the list. */
    public Invalid {
      violations = List.copyOf(violations);
    }
  }

  /** The run and its steps, in the order of their ids. */
  record Seen(FlowRun run, List<Step> steps) implements RunView {
    /** Copies the list. */
    public Seen {
      steps = List.copyOf(steps);
    }

    /** Whether every step that this worker executes has ended. */
    public boolean hasEnded() {
      return run.status() != RunStatus.RUNNING
          || reports().allMatch(step -> step.step().status().isFinal());
    }

    /** Whether a step that this worker executes has failed. */
    public boolean hasFailure() {
      return reports().anyMatch(step -> step.step().status() == StepStatus.FAILED);
    }

    private Stream<Step> reports() {
      return steps.stream().filter(step -> step.step().isExecutable());
    }
  }

  /**
   * A step.
   *
   * @param lease null where nobody holds or awaits it
   */
  record Step(FlowStep step, @Nullable StepLease lease) {}

  /** Reads a run, and the leases of its steps in one further round trip. */
  static RunView read(StackData data, RunId id) {
    return switch (data.runs().read(id)) {
      case RunRead.Missing() -> new Missing();
      case RunRead.Invalid(var violations) -> new Invalid(violations);
      case RunRead.Found(var found) -> seen(data, found.value());
    };
  }

  private static RunView seen(StackData data, FlowRun run) {
    var executable = run.steps().values().stream().filter(FlowStep::isExecutable).toList();
    var keys = executable.stream().map(step -> new StepKey(run.id(), step.id())).toList();
    var leases =
        data.leases().find(keys).stream()
            .map(found -> found.value())
            .collect(Collectors.toMap(lease -> lease.claim().step(), Function.identity()));
    var steps =
        run.steps().values().stream()
            .sorted(Comparator.comparing(step -> step.id().value()))
            .map(step ->
                new Step(
                    step,
                    Optional.ofNullable(leases.get(new StepKey(run.id(), step.id()))).orElse(null)))
            .toList();
    return new Seen(run, steps);
  }
}
