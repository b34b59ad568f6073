package io.tda.worker.flow;

import io.tda.worker.id.StepId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run, as far as every step is alike.
 *
 * @param stepType empty where the document has none
 * @param fields the step's own map, unparsed; what one kind of step needs is read from it later, so
 *     that a fault in one step cannot spoil another
 */
public record FlowStep(StepId id, String stepType, StepStatus status, Map<String, Object> fields) {
  /** The kind of step that this worker executes. */
  public static final String LLM_REPORT = "LLM_REPORT";

  private static final Dependencies NONE = new Dependencies.Named(List.of());

  /** The steps that must have succeeded first. */
  public sealed interface Dependencies {

    /** The named steps; empty where the field is absent. The names need not exist. */
    record Named(List<String> stepIds) implements Dependencies {}

    /** The field is there, but is not a list of strings. */
    record Malformed(Violation violation) implements Dependencies {}
  }

  /** Whether this worker is the one to execute the step once it is READY. */
  public boolean isExecutable() {
    return stepType.equals(LLM_REPORT);
  }

  /** A JSON Pointer to the step in its run document. */
  public String pointer() {
    return Violation.pointer("/steps", id.value());
  }

  /** Reads {@code dependsOn}. */
  public Dependencies dependencies() {
    return switch (fields.get("dependsOn")) {
      case null -> NONE;
      case List<?> names -> named(names);
      default -> malformed();
    };
  }

  private Dependencies named(List<?> names) {
    var stepIds = new ArrayList<String>(names.size());
    for (var name : names) {
      if (!(name instanceof String stepId)) {
        return malformed();
      }
      stepIds.add(stepId);
    }
    return new Dependencies.Named(Collections.unmodifiableList(stepIds));
  }

  private Dependencies malformed() {
    return new Dependencies.Malformed(
        new Violation(pointer() + "/dependsOn", "must be a list of step ids"));
  }

  /** The text at {@code outputs.<name>}, or null where there is none. */
  public @Nullable String output(String name) {
    return fields.get("outputs") instanceof Map<?, ?> outputs
            && outputs.get(name) instanceof String text
        ? text
        : null;
  }

  /** Leaves the fields out: they hold inputs and whatever else the document has. */
  @Override
  public String toString() {
    return "FlowStep[" + id + ", " + stepType + ", " + status + "]";
  }
}
