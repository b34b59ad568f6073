package io.tda.worker.flow;

import io.tda.worker.id.RunId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds run documents for tests: RUNNING, for one symbol, and with the steps that are added. */
public final class RunDocument {
  /** The id of every run that is built. */
  public static final RunId ID = new RunId("20251224-061000_LINKUSDT_demo92");

  private final Map<String, Object> data = new LinkedHashMap<>();
  private final Map<String, Object> steps = new LinkedHashMap<>();

  private RunDocument() {}

  /** A run without steps. */
  public static RunDocument running() {
    return new RunDocument()
        .with("schemaVersion", 1L)
        .with("runId", ID.value())
        .with("flowKey", "demo_flow")
        .with("status", "RUNNING")
        .with("scope", Map.of("symbol", "LINKUSDT"));
  }

  /** Sets a field of the run. */
  public RunDocument with(String field, Object value) {
    data.put(field, value);
    return this;
  }

  /** Removes a field of the run. */
  public RunDocument without(String field) {
    data.remove(field);
    return this;
  }

  /** Adds a step. */
  public RunDocument step(String id, Map<String, Object> fields) {
    steps.put(id, fields);
    return this;
  }

  /** Adds an LLM_REPORT step of this status that waits for others. */
  public RunDocument report(String id, StepStatus status, String... dependsOn) {
    return step(id, fields(FlowStep.LLM_REPORT, status, Map.of("dependsOn", List.of(dependsOn))));
  }

  /** A step's fields. */
  public static Map<String, Object> fields(
      String stepType, StepStatus status, Map<String, ?> more) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("stepType", stepType);
    fields.put("status", status.name());
    fields.putAll(more);
    return fields;
  }

  /** The document. */
  public Map<String, Object> data() {
    var all = new LinkedHashMap<>(data);
    all.putIfAbsent("steps", steps);
    return Collections.unmodifiableMap(all);
  }

  /** The document, parsed; it must be valid. */
  public FlowRun run() {
    return switch (FlowRunParser.parse(ID, data())) {
      case FlowRunParser.Result.Parsed(var run) -> run;
      case FlowRunParser.Result.Invalid(var violations) ->
          throw new IllegalArgumentException(violations.toString());
    };
  }
}
