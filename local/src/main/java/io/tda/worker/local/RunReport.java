package io.tda.worker.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.lease.StepLease;
import io.tda.worker.local.console.SummaryText;
import io.tda.worker.local.stack.RunView;
import io.tda.worker.time.Rfc3339;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells a person, or a program, how a run stands. */
final class RunReport {
  private RunReport() {}

  /** One JSON object, on lines of its own. */
  static String json(RunView.Seen seen) {
    var run = seen.run();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("runId", run.id().value()).put("status", run.status().name());
    json.put("flowKey", run.flowKey()).put("symbol", run.symbol());
    var steps = json.putArray("steps");
    seen.steps().forEach(step -> step(steps.addObject(), step));
    return json.toPrettyString();
  }

  private static void step(ObjectNode json, RunView.Step shown) {
    var step = shown.step();
    json.put("stepId", step.id().value()).put("stepType", step.stepType());
    json.put("status", step.status().name());
    if (step.output("gcs_uri") != null) {
      json.put("gcs_uri", step.output("gcs_uri"));
    }
    if (step.fields().get("error") instanceof Map<?, ?> error) {
      json.set("error", DocumentJson.toJson(error));
    }
    if (shown.lease() != null) {
      lease(json.putObject("lease"), shown.lease());
    }
  }

  private static void lease(ObjectNode json, StepLease lease) {
    json.put("state", state(lease)).put("claimId", lease.claim().id().toString());
    json.put("attempt", lease.claim().attempt()).put("executorId", lease.executorId());
    json.put("deliveries", lease.effort().deliveries());
    json.put("modelCalls", lease.effort().modelCalls());
    json.put("expiresAt", Rfc3339.format(lease.expiresAt()));
    json.put("lastError", lease.lastError() == null ? null : lease.lastError().name());
  }

  /** A line for the run and some for each step. */
  static void text(RunView.Seen seen, SummaryText out) {
    var run = seen.run();
    out.title(run.id() + " " + run.status(), !seen.hasFailure());
    if (run.symbol() != null) {
      out.line("symbol", run.symbol());
    }
    for (var step : seen.steps()) {
      out.line(status(step), step.step().id() + "  " + step.step().stepType());
      if (step.step().isExecutable()) {
        details(step, out);
      }
    }
    out.flush();
  }

  /** As wide as the widest, and a space. */
  private static String status(RunView.Step step) {
    return String.format(Locale.ROOT, "%-10s", step.step().status());
  }

  private static void details(RunView.Step shown, SummaryText out) {
    var step = shown.step();
    if (step.status() == StepStatus.SUCCEEDED) {
      out.line("", "  report   " + step.output("gcs_uri"));
      out.line("", "  model    " + model(step));
    }
    if (step.fields().get("error") instanceof Map<?, ?> error) {
      out.line("", "  error    " + error.get("code") + ": " + error.get("message"));
    }
    if (shown.lease() != null) {
      out.line("", "  lease    " + words(shown.lease()));
    }
  }

  private static String model(FlowStep step) {
    var llm = at(at(step.fields().get("outputs"), "execution"), "llm");
    var name = at(llm, "modelName");
    var calls = at(at(llm, "attempts"), "total");
    var tokens = at(at(llm, "usage"), "totalTokens");
    return name + ", calls: " + calls + ", tokens: " + tokens;
  }

  private static @Nullable Object at(@Nullable Object map, String key) {
    return map instanceof Map<?, ?> fields ? fields.get(key) : null;
  }

  private static String words(StepLease lease) {
    return state(lease)
        + ", claim "
        + lease.claim().attempt()
        + ", deliveries: "
        + lease.effort().deliveries()
        + ", model calls: "
        + lease.effort().modelCalls()
        + ", until "
        + Rfc3339.format(lease.expiresAt())
        + (lease.lastError() == null ? "" : ", last error " + lease.lastError());
  }

  private static String state(StepLease lease) {
    return switch (lease.holder()) {
      case StepLease.Holder.Queue() -> "DISPATCHED";
      case StepLease.Holder.Executor _ -> "EXECUTING";
    };
  }
}
