package io.tda.worker.local.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.artifact.ArtifactPathPolicy;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The documents and objects of a simulation: runs, prompts, schemas, inputs. */
final class RunDocuments {
  static final String RUNS = "flow_runs";
  static final String LEASES = "step_leases";
  static final String PROMPTS = "llm_prompts";
  static final String SCHEMAS = "llm_schemas";
  static final String BUCKET = "simulated-artifacts";
  static final String WIDE_SCHEMA = "llm_report_output_v1";
  static final String NARROW_SCHEMA = "llm_report_output_v2";
  static final List<String> PROMPT_IDS = List.of("prompt_a_v1", "prompt_b_v1", "prompt_c_v1");
  static final ArtifactPathPolicy PATHS = ArtifactPathPolicy.of(BUCKET, "reports").orElseThrow();

  /** A field that the worker does not know. */
  static final String EXTRA = "ownersOwn";

  private RunDocuments() {}

  static DocumentRef run(String id) {
    return new DocumentRef(RUNS, id);
  }

  /** What a prompt says; it names itself. */
  static String systemInstruction(String promptId) {
    return Canary.PROMPT.text() + " " + promptId;
  }

  /** Stores the prompts and schemas. */
  static void registry(SimulatedFirestore store) {
    for (var id : PROMPT_IDS) {
      put(
          store,
          new DocumentRef(PROMPTS, id),
          Map.of(
              "schemaVersion",
              1L,
              "systemInstruction",
              systemInstruction(id),
              "userPrompt",
              Canary.PROMPT.text() + " report"));
    }
    put(store, new DocumentRef(SCHEMAS, WIDE_SCHEMA), schema(WIDE_SCHEMA, List.of("bias")));
    put(
        store,
        new DocumentRef(SCHEMAS, NARROW_SCHEMA),
        schema(NARROW_SCHEMA, List.of("bias", "level")));
  }

  /** Stores what the reports of a run are made from. */
  static void inputs(SimulatedStorage storage, String runId) {
    storage.put(
        ohlcv(runId),
        ("{\"note\": \"" + Canary.CONTEXT.text() + "\", \"candles\": []}").getBytes(UTF_8));
    storage.put(
        charts(runId),
        ("{\"items\": [], \"note\": \"" + Canary.CONTEXT.text() + "\"}").getBytes(UTF_8));
  }

  /** The steps that every run begins with, done already. */
  static Map<String, Object> upstream(String runId) {
    var steps = new LinkedHashMap<String, Object>();
    steps.put(
        "candles",
        Map.of(
            "stepType",
            "OHLCV_EXPORT",
            "status",
            "SUCCEEDED",
            "timeframe",
            "4h",
            "outputs",
            Map.of("gcs_uri", ohlcv(runId).toString())));
    steps.put(
        "charts",
        Map.of(
            "stepType",
            "CHART_EXPORT",
            "status",
            "SUCCEEDED",
            "timeframe",
            "4h",
            "outputs",
            Map.of("outputsManifestGcsUri", charts(runId).toString())));
    return steps;
  }

  /**
   * A step that makes a report.
   *
   * @param previous reports it builds on; it depends on them too
   */
  static Map<String, Object> report(
      String status, List<String> previous, String promptId, String schemaId) {
    var dependsOn = new ArrayList<Object>(List.of("candles", "charts"));
    dependsOn.addAll(previous);
    var inputs = new LinkedHashMap<String, Object>();
    inputs.put(
        "llm",
        Map.of(
            "promptId",
            promptId,
            "llmProfile",
            Map.of(
                "modelName",
                "simulated-model",
                "responseMimeType",
                "application/json",
                "structuredOutput",
                Map.of("schemaId", schemaId))));
    inputs.put("ohlcvStepId", "candles");
    inputs.put("chartsManifestStepId", "charts");
    if (!previous.isEmpty()) {
      inputs.put("previousReportStepIds", List.copyOf(previous));
    }
    var step = new LinkedHashMap<String, Object>();
    step.put("stepType", "LLM_REPORT");
    step.put("status", status);
    step.put("timeframe", "4h");
    step.put("dependsOn", dependsOn);
    step.put("inputs", inputs);
    step.put(EXTRA, Map.of("nested", List.of(1L, "two")));
    step.put("outputs", Map.of(EXTRA, "kept"));
    return step;
  }

  /** A run of these steps. */
  static Map<String, Object> run(String runId, Map<String, Object> steps) {
    var run = new LinkedHashMap<String, Object>();
    run.put("schemaVersion", 1L);
    run.put("runId", runId);
    run.put("flowKey", "simulated");
    run.put("status", "RUNNING");
    run.put("scope", Map.of("symbol", "LINKUSDT"));
    run.put("steps", steps);
    run.put(EXTRA, Map.of("touched", 0L));
    return run;
  }

  static void put(SimulatedFirestore store, DocumentRef ref, Map<String, Object> data) {
    var _ = store.commitAsOwner(List.of(new Write.Set(ref, data, new Precondition.None())));
  }

  private static Map<String, Object> schema(String id, List<String> required) {
    var details =
        Map.of(
            "type",
            "object",
            "required",
            required,
            "properties",
            Map.of(
                "bias",
                Map.of("enum", List.of("bullish", "neutral", "bearish")),
                "level",
                Map.of("type", "number")));
    var summary =
        Map.of(
            "type",
            "object",
            "required",
            List.of("markdown"),
            "properties",
            Map.of("markdown", Map.of("type", "string")));
    return Map.of(
        "schemaVersion",
        1L,
        "schemaId",
        id,
        "kind",
        "LLM_REPORT_OUTPUT",
        "jsonSchema",
        Map.of(
            "type",
            "object",
            "required",
            List.of("summary", "details"),
            "properties",
            Map.of("summary", summary, "details", details)));
  }

  private static GcsUri ohlcv(String runId) {
    return new GcsUri(BUCKET, "inputs/" + runId + "/candles.json");
  }

  private static GcsUri charts(String runId) {
    return new GcsUri(BUCKET, "inputs/" + runId + "/charts.json");
  }
}
