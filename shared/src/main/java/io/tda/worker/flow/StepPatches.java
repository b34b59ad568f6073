package io.tda.worker.flow;

import io.tda.worker.id.StepId;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.Patch;
import io.tda.worker.time.Rfc3339;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The only changes the worker makes to a run document. Each touches fields of one step, and none
 * writes READY, another step or the run's own status.
 */
public final class StepPatches {
  private StepPatches() {}

  /** READY → RUNNING. A stale error of an earlier life of the step goes. */
  public static Patch claim(StepId step, Instant startedAt) {
    return Patch.empty()
        .with(path(step, "status"), StepStatus.RUNNING.name())
        .with(path(step, "outputs", "execution", "timing", "startedAt"), Rfc3339.format(startedAt))
        .without(path(step, "error"));
  }

  /** RUNNING → SUCCEEDED or FAILED; READY → FAILED for a step that can never run. */
  public static Patch finish(StepId step, StepOutcome outcome) {
    var patch =
        Patch.empty()
            .with(path(step, "status"), outcome.status().name())
            .with(
                path(step, "finishedAt"),
                Rfc3339.format(outcome.execution().timing().finishedAt()));
    return switch (outcome) {
      case StepOutcome.Succeeded(var report, var execution) ->
          patch
              .with(path(step, "outputs", "gcs_uri"), report.toString())
              .with(path(step, "outputs", "execution"), execution.toMap(null))
              .without(path(step, "error"));
      case StepOutcome.Failed(var error, var execution) ->
          patch
              .with(path(step, "error"), toMap(error))
              .with(path(step, "outputs", "execution"), execution.toMap(error));
    };
  }

  private static Map<String, Object> toMap(StepError error) {
    var map = new LinkedHashMap<String, Object>();
    map.put("code", error.code().name());
    map.put("message", error.message());
    if (!error.details().isEmpty()) {
      map.put("details", error.details());
    }
    return map;
  }

  private static FieldPath path(StepId step, String... fields) {
    var segments = new String[fields.length + 2];
    segments[0] = "steps";
    segments[1] = step.value();
    System.arraycopy(fields, 0, segments, 2, fields.length);
    return FieldPath.of(segments);
  }
}
