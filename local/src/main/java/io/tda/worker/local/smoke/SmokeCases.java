package io.tda.worker.local.smoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.artifact.ArtifactPathPolicy;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.id.Timeframe;
import io.tda.worker.json.CanonicalJson;
import io.tda.worker.json.StrictJson;
import io.tda.worker.store.DocumentRef;
import java.util.List;
import java.util.Map;

/** The cases of a smoke test. Nothing that they store has a name that another smoke test uses. */
public final class SmokeCases {
  private static final StepId STEP = new StepId("llm_report_smoke");
  private static final Timeframe TIMEFRAME = new Timeframe("4h");

  /** More than {@code MAX_CONTEXT_BYTES} can ever allow. */
  private static final int TOO_LARGE = 1_048_577;

  /** Enough for a model that thinks first. */
  private static final int PLENTY = 8192;

  /** No report fits into it, whether the model thinks or not. */
  private static final int TOO_FEW = 8;

  private final Place place;
  private final String token;
  private final String model;
  private final byte[] chart;

  /**
   * Where things go.
   *
   * @param bucket takes the reports, and the inputs too: the executor may read it
   */
  public record Place(
      String bucket, ArtifactPathPolicy reports, String runs, String prompts, String schemas) {}

  /**
   * @param token 1 to 64 letters and digits, different for each smoke test
   * @param model what the profiles name
   * @param chart an image
   */
  public SmokeCases(Place place, String token, String model, byte[] chart) {
    this.place = place;
    this.token = token;
    this.model = model;
    this.chart = chart.clone();
  }

  /** All of them. */
  public List<SmokeCase> all() {
    return List.of(
        of("report", new Fault(0, true, PLENTY), Expected.report()),
        of("bad-schema", new Fault(0, false, PLENTY), Expected.badSchema()),
        of("oversize-input", new Fault(TOO_LARGE, true, PLENTY), Expected.oversize()),
        of("truncated-output", new Fault(0, true, TOO_FEW), Expected.truncated()));
  }

  private record Fault(int padding, boolean wholeSchema, int maxOutputTokens) {}

  private SmokeCase of(String name, Fault fault, Expected expected) {
    var run = new RunId("smoke-" + token + "-" + name);
    var id = token + name.replace("-", "");
    var prompt = "smoke_" + id + "_v1";
    var schema = "llm_schema_4h_report_smoke" + id + "_v1_0";
    var folder = "smoke-inputs/" + run + "/";
    var material =
        new SmokeCase.Material(
            Map.of(
                new DocumentRef(place.prompts(), prompt), prompt(),
                new DocumentRef(place.schemas(), schema), schema(schema, fault.wholeSchema())),
            Map.of(
                input(folder + "candles.json"), candles(fault.padding()),
                input(folder + "chart.png"), chart,
                input(folder + "manifest.json"), manifest(input(folder + "chart.png"))),
            run(run, folder, llm(prompt, schema, fault.maxOutputTokens())));
    var step = new StepKey(run, STEP);
    return new SmokeCase(name, step, material, place.reports().report(step, TIMEFRAME), expected);
  }

  private GcsUri input(String name) {
    return new GcsUri(place.bucket(), name);
  }

  private static ObjectNode prompt() {
    return object(
        """
        {"schemaVersion": 1,
         "description": "Of a smoke test; deleted when it has passed.",
         "systemInstruction": "You answer with one small JSON object that meets the schema.",
         "userPrompt": "Say in one sentence where the candles' last close stands."}\
        """);
  }

  private static ObjectNode schema(String id, boolean whole) {
    var json =
        object(
            """
            {"type": "object", "required": ["summary"],
             "properties": {
               "summary": {"type": "object", "required": ["markdown"],
                           "properties": {"markdown": {"type": "string"}}},
               "details": {"type": "object", "required": ["bias"],
                           "properties": {"bias": {"type": "string"}}}}}\
            """);
    if (whole) {
      json.withArray("required").add("details");
    }
    var document = object("{\"schemaVersion\": 1, \"kind\": \"LLM_REPORT_OUTPUT\"}");
    document.put("schemaId", id).put("sha256", CanonicalJson.sha256(json));
    document.set("jsonSchema", json);
    return document;
  }

  private static byte[] candles(int padding) {
    return """
    {"symbol": "SMOKE", "timeframe": "4h", "padding": "%s",
     "candles": [[1, 10, 12, 9, 11, 100], [2, 11, 13, 10, 12, 110]]}\
    """
        .formatted("x".repeat(padding))
        .getBytes(UTF_8);
  }

  private static byte[] manifest(GcsUri chart) {
    return """
    {"schemaVersion": 1, "items": [{"png_gcs_uri": "%s", "description": "candles"}]}\
    """
        .formatted(chart)
        .getBytes(UTF_8);
  }

  private ObjectNode llm(String prompt, String schema, int maxOutputTokens) {
    var llm = object("{\"llmProfile\": {\"responseMimeType\": \"application/json\"}}");
    llm.put("promptId", prompt);
    var profile = (ObjectNode) llm.path("llmProfile");
    profile.put("modelName", model).put("maxOutputTokens", maxOutputTokens);
    profile.putObject("structuredOutput").put("schemaId", schema);
    return llm;
  }

  private ObjectNode run(RunId id, String folder, ObjectNode llm) {
    var run =
        object(
            """
            {"schemaVersion": 1, "flowKey": "smoke", "status": "RUNNING",
             "scope": {"symbol": "SMOKE"},
             "steps": {
               "candles": {"stepType": "OHLCV_EXPORT", "status": "SUCCEEDED", "timeframe": "4h",
                           "outputs": {"gcs_uri": "%1$scandles.json"}},
               "charts": {"stepType": "CHART_EXPORT", "status": "SUCCEEDED", "timeframe": "4h",
                          "outputs": {"outputsManifestGcsUri": "%1$smanifest.json"}},
               "%2$s": {"stepType": "LLM_REPORT", "status": "PENDING", "timeframe": "4h",
                        "dependsOn": ["candles", "charts"],
                        "inputs": {"ohlcvStepId": "candles", "chartsManifestStepId": "charts"}}}}\
            """
                .formatted(input(folder + "x").toString().replaceAll("x$", ""), STEP));
    run.put("runId", id.value());
    run.withObject("/steps/" + STEP + "/inputs").set("llm", llm);
    return run;
  }

  private static ObjectNode object(String text) {
    if (StrictJson.parse(text) instanceof StrictJson.Result.Parsed(ObjectNode object)) {
      return object;
    }
    throw new IllegalStateException("not an object: " + text);
  }
}
