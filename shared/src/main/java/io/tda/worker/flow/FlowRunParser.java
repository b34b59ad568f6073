package io.tda.worker.flow;

import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run document, checking the required subset only: the status is a known one, {@code steps}
 * is a map of maps, the step ids are safe, and a {@code runId} field repeats the document's id.
 */
public final class FlowRunParser {
  private FlowRunParser() {}

  /** What became of a document. */
  public sealed interface Result {

    /** The required subset holds. */
    record Parsed(FlowRun run) implements Result {}

    /** It does not; a fault of the run, which the orchestrator owns. */
    record Invalid(List<Violation> violations) implements Result {}
  }

  /** Reads the document of this id. */
  public static Result parse(RunId id, Map<String, Object> data) {
    var violations = new ArrayList<Violation>();
    var status = status(data.get("status"), violations);
    var runId = data.get("runId");
    if (runId != null && !runId.equals(id.value())) {
      violations.add(new Violation("/runId", "must equal the document id"));
    }
    var steps = steps(data.get("steps"), violations);
    if (status == null || !violations.isEmpty()) {
      return new Result.Invalid(Violation.firstOf(violations));
    }
    var symbol = data.get("scope") instanceof Map<?, ?> scope ? text(scope.get("symbol")) : null;
    return new Result.Parsed(new FlowRun(id, status, text(data.get("flowKey")), symbol, steps));
  }

  private static @Nullable RunStatus status(@Nullable Object value, List<Violation> violations) {
    var status = value instanceof String name ? RunStatus.parse(name).orElse(null) : null;
    if (status == null) {
      violations.add(new Violation("/status", "must be one of " + List.of(RunStatus.values())));
    }
    return status;
  }

  private static Map<String, FlowStep> steps(@Nullable Object value, List<Violation> violations) {
    if (!(value instanceof Map<?, ?> map)) {
      violations.add(new Violation("/steps", "must be a map"));
      return Map.of();
    }
    var steps = new TreeMap<String, FlowStep>();
    for (var entry : map.entrySet()) {
      var name = String.valueOf(entry.getKey());
      if (!StepId.isSafe(name)) {
        violations.add(new Violation(pointer(name), "step id " + StepId.RULE));
      } else if (entry.getValue() instanceof Map<?, ?> fields) {
        steps.put(name, step(new StepId(name), fields));
      } else {
        violations.add(new Violation(pointer(name), "must be a map"));
      }
    }
    return Collections.unmodifiableMap(steps);
  }

  private static String pointer(String stepId) {
    return Violation.pointer("/steps", stepId);
  }

  @SuppressWarnings("unchecked") // the keys of a document's maps are strings
  private static FlowStep step(StepId id, Map<?, ?> fields) {
    var stepType = text(fields.get("stepType"));
    return new FlowStep(
        id,
        stepType == null ? "" : stepType,
        StepStatus.parse(fields.get("status")),
        (Map<String, Object>) fields);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }
}
