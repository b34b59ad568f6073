package io.tda.worker.flow;

import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run, reduced to what the worker needs of it. Everything else in the document is kept there
 * untouched, because the worker only ever patches single fields.
 *
 * @param flowKey names the workflow; null where the document has none
 * @param symbol {@code scope.symbol}, unchecked; null where the document has none
 * @param steps in the order of their ids
 */
public record FlowRun(
    RunId id,
    RunStatus status,
    @Nullable String flowKey,
    @Nullable String symbol,
    Map<String, FlowStep> steps) {

  /** The step of this id, if the run has it. */
  public Optional<FlowStep> step(StepId stepId) {
    return step(stepId.value());
  }

  /** The step that this text names, if the run has it. */
  public Optional<FlowStep> step(String stepId) {
    return Optional.ofNullable(steps.get(stepId));
  }
}
