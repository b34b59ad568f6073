package io.tda.worker.flow;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.LLMReportInputs.PreviousReport;
import io.tda.worker.flow.LLMReportInputs.Resolution;
import io.tda.worker.id.StepId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the inputs of one LLM_REPORT step, collecting what is wrong with them. */
final class LLMReportInputsReader {
  private static final String GCS_URI = "gcs_uri";

  private final FlowRun run;
  private final FlowStep step;
  private final List<Violation> violations = new ArrayList<>();

  LLMReportInputsReader(FlowRun run, FlowStep step) {
    this.run = run;
    this.step = step;
  }

  Resolution read(int maxPreviousReports) {
    var pointer = step.pointer() + "/inputs";
    if (!(step.fields().get("inputs") instanceof Map<?, ?> inputs)) {
      return new Resolution.Unresolved(List.of(new Violation(pointer, "must be a map")));
    }
    var llm = map(inputs, "llm", pointer);
    var promptId = llm == null ? null : promptId(llm, pointer + "/llm");
    var llmProfile = llm == null ? null : map(llm, "llmProfile", pointer + "/llm");
    var ohlcv = output(inputs.get("ohlcvStepId"), pointer + "/ohlcvStepId", GCS_URI);
    // Chart export writes the second name; any other writer of a manifest the first.
    var chartsManifest =
        output(
            inputs.get("chartsManifestStepId"),
            pointer + "/chartsManifestStepId",
            GCS_URI,
            "outputsManifestGcsUri");
    var previousReports = previousReports(inputs, pointer, maxPreviousReports);
    if (promptId == null
        || llmProfile == null
        || ohlcv == null
        || chartsManifest == null
        || !violations.isEmpty()) {
      return new Resolution.Unresolved(Violation.firstOf(violations));
    }
    return new Resolution.Resolved(
        new LLMReportInputs(promptId, llmProfile, ohlcv, chartsManifest, previousReports));
  }

  private @Nullable String promptId(Map<?, ?> llm, String pointer) {
    var promptId =
        llm.get("promptId") instanceof String text && LLMReportInputs.isPromptId(text)
            ? text
            : null;
    return required(promptId, pointer + "/promptId", LLMReportInputs.PROMPT_ID_RULE);
  }

  private List<PreviousReport> previousReports(Map<?, ?> inputs, String pointer, int max) {
    var byUri = new LinkedHashMap<GcsUri, PreviousReport>();
    var stepIds = pointer + "/previousReportStepIds";
    var named = list(inputs.get("previousReportStepIds"), stepIds);
    for (int i = 0; i < named.size(); i++) {
      keep(byUri, report(named.get(i), stepIds + "/" + i));
    }
    var reports = pointer + "/previousReports";
    var given = list(inputs.get("previousReports"), reports);
    for (int i = 0; i < given.size(); i++) {
      keep(byUri, previousReport(given.get(i), reports + "/" + i));
    }
    if (byUri.size() > max) {
      // The longer list is the one to shorten.
      violation(
          given.size() > named.size() ? reports : stepIds,
          "at most " + max + " previous reports, both lists together");
    }
    return List.copyOf(byUri.values());
  }

  /** A report named twice would be read, sent and paid for twice, and tell the model nothing. */
  private static void keep(Map<GcsUri, PreviousReport> byUri, @Nullable PreviousReport report) {
    if (report != null) {
      byUri.putIfAbsent(report.uri(), report);
    }
  }

  private @Nullable PreviousReport previousReport(@Nullable Object value, String pointer) {
    if (!(value instanceof Map<?, ?> fields)) {
      violation(pointer, "must be a map");
      return null;
    }
    var stepId = fields.get("stepId");
    var uri = fields.get(GCS_URI);
    if (uri != null) {
      return external(stepId, uri, pointer);
    }
    if (stepId != null) {
      return report(stepId, pointer + "/stepId");
    }
    violation(pointer, "must have stepId or gcs_uri");
    return null;
  }

  /** The URI wins, so the step id is a label only: it may be a step of another run. */
  private @Nullable PreviousReport external(
      @Nullable Object stepId, @Nullable Object uri, String pointer) {
    var label = stepId == null ? null : stepId(stepId, pointer + "/stepId");
    var parsed = required(uri(uri), pointer + "/" + GCS_URI, GcsUri.RULE);
    return parsed == null ? null : new PreviousReport(label, parsed);
  }

  private @Nullable PreviousReport report(@Nullable Object stepId, String pointer) {
    var referenced = referenced(stepId, pointer);
    if (referenced == null) {
      return null;
    }
    if (!referenced.stepType().equals(FlowStep.LLM_REPORT)) {
      violation(pointer, "must name an " + FlowStep.LLM_REPORT + " step");
      return null;
    }
    var uri = output(referenced, pointer, GCS_URI);
    return uri == null ? null : new PreviousReport(referenced.id(), uri);
  }

  private @Nullable GcsUri output(@Nullable Object stepId, String pointer, String... names) {
    var referenced = referenced(stepId, pointer);
    return referenced == null ? null : output(referenced, pointer, names);
  }

  /**
   * The first of these outputs that is there; one that is there and unusable is not passed over.
   */
  private @Nullable GcsUri output(FlowStep referenced, String pointer, String... names) {
    for (var name : names) {
      var text = referenced.output(name);
      if (text != null) {
        return required(
            uri(text), pointer, "names a step whose outputs." + name + " " + GcsUri.RULE);
      }
    }
    violation(pointer, "names a step without outputs." + String.join(" or outputs.", names));
    return null;
  }

  private @Nullable FlowStep referenced(@Nullable Object stepId, String pointer) {
    var id = stepId(stepId, pointer);
    if (id == null) {
      return null;
    }
    if (id.equals(step.id())) {
      violation(pointer, "names the step itself");
      return null;
    }
    return required(run.step(id).orElse(null), pointer, "names no step of this run");
  }

  private @Nullable StepId stepId(@Nullable Object value, String pointer) {
    var id = value instanceof String text ? StepId.parse(text).orElse(null) : null;
    return required(id, pointer, "must be a step id, which " + StepId.RULE);
  }

  private static @Nullable GcsUri uri(@Nullable Object value) {
    return value instanceof String text ? GcsUri.parse(text).orElse(null) : null;
  }

  private List<?> list(@Nullable Object value, String pointer) {
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    violation(pointer, "must be a list");
    return List.of();
  }

  @SuppressWarnings("unchecked") // the keys of a document's maps are strings
  private @Nullable Map<String, Object> map(Map<?, ?> parent, String name, String pointer) {
    var map = parent.get(name) instanceof Map<?, ?> fields ? (Map<String, Object>) fields : null;
    return required(map, pointer + "/" + name, "must be a map");
  }

  private <T> @Nullable T required(@Nullable T value, String pointer, String rule) {
    if (value == null) {
      violation(pointer, rule);
    }
    return value;
  }

  private void violation(String pointer, String rule) {
    violations.add(new Violation(pointer, rule));
  }
}
