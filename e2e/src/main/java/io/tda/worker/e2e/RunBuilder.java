package io.tda.worker.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes a run that can be executed, with all that it refers to. Each has an id of its own, and each
 * of its report steps its own candles, so that the model's calls can be told apart.
 */
public final class RunBuilder {
  /** The bucket of what steps read. */
  public static final String INPUTS = "e2e-inputs";

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final String PNG_MAGIC = "\u0089PNG\r\n\u001a\n";

  private final String id;
  private final Map<String, Object> document = new LinkedHashMap<>();
  private final Map<String, byte[]> artifacts = new LinkedHashMap<>();
  private final List<String> reports = new ArrayList<>();

  private RunBuilder(String id) {
    this.id = id;
    document.put("schemaVersion", 1);
    document.put("runId", id);
    document.put("flowKey", "e2e");
    document.put("status", "RUNNING");
    document.put("scope", fields("symbol", "LINKUSDT"));
    document.put("steps", new LinkedHashMap<String, Object>());
  }

  /**
   * A run without steps.
   *
   * @param name becomes the beginning of its id
   */
  public static RunBuilder run(String name) {
    return new RunBuilder("20251224-061000_LINKUSDT_" + name + NUMBERS.incrementAndGet());
  }

  /** Adds a report step that can be executed, and the steps that have made its inputs. */
  public RunBuilder report(String stepId) {
    var candles = "candles_" + stepId;
    var charts = "charts_" + stepId;
    var inputs =
        fields(
            "llm", fields("promptId", Registry.PROMPT, "llmProfile", profile()),
            "ohlcvStepId", candles,
            "chartsManifestStepId", charts);
    putCandles(candles, stepId);
    putCharts(charts, stepId);
    reports.add(stepId);
    steps()
        .put(
            stepId,
            fields(
                "stepType", "LLM_REPORT",
                "status", "READY",
                "timeframe", "4h",
                "dependsOn", new ArrayList<>(List.of(candles, charts)),
                "inputs", inputs));
    return this;
  }

  /** Sets a field, wherever it is; objects on the way are made. */
  public RunBuilder set(Object value, String... path) {
    Fields.set(document, value, path);
    return this;
  }

  /** Removes a field. */
  public RunBuilder remove(String... path) {
    Fields.remove(document, path);
    return this;
  }

  /** Replaces an object in {@link #INPUTS}. */
  public RunBuilder artifact(String name, byte[] content) {
    artifacts.put(name, content);
    return this;
  }

  /** Leaves an object out. */
  public RunBuilder withoutArtifact(String name) {
    artifacts.remove(name);
    return this;
  }

  /** Leaves all objects out, for a step that nobody executes. */
  public RunBuilder withoutArtifacts() {
    artifacts.clear();
    return this;
  }

  public String id() {
    return id;
  }

  /** The object with a step's candles. */
  public String candlesObject(String stepId) {
    return id + "/" + stepId + "/candles.json";
  }

  /** The object with the list of a step's charts. */
  public String manifestObject(String stepId) {
    return id + "/" + stepId + "/manifest.json";
  }

  /** The object with a step's only chart. */
  public String chartObject(String stepId) {
    return id + "/" + stepId + "/chart.png";
  }

  /** The document, as it is now. */
  public Map<String, Object> document() {
    return document;
  }

  /** The ids of its report steps. */
  List<String> reports() {
    return List.copyOf(reports);
  }

  /** The objects that it refers to, by name. */
  Map<String, byte[]> artifacts() {
    return artifacts;
  }

  private void putCandles(String candlesStep, String stepId) {
    var name = candlesObject(stepId);
    artifact(
        name,
        "{\"candles\":[[1,2,3,4,5]],\"note\":\"%s\"}"
            .formatted(Canary.CANDLES.word())
            .getBytes(UTF_8));
    steps()
        .put(
            candlesStep,
            fields(
                "stepType", "OHLCV_EXPORT",
                "status", "SUCCEEDED",
                "timeframe", "4h",
                "outputs", fields("gcs_uri", uri(name))));
  }

  private void putCharts(String chartsStep, String stepId) {
    artifact(chartObject(stepId), (PNG_MAGIC + Canary.CHART_IMAGE.word()).getBytes(ISO_8859_1));
    artifact(
        manifestObject(stepId),
        "{\"schemaVersion\":1,\"items\":[{\"png_gcs_uri\":\"%s\",\"description\":\"%s\"}]}"
            .formatted(uri(chartObject(stepId)), Canary.CHART_DESCRIPTION.word())
            .getBytes(UTF_8));
    steps()
        .put(
            chartsStep,
            fields(
                "stepType", "CHART_EXPORT",
                "status", "SUCCEEDED",
                "timeframe", "4h",
                "outputs", fields("outputsManifestGcsUri", uri(manifestObject(stepId)))));
  }

  private static String uri(String name) {
    return "gs://" + INPUTS + "/" + name;
  }

  private static Map<String, Object> profile() {
    return fields(
        "modelName",
        "gemini-2.5-pro",
        "temperature",
        0.2,
        "maxOutputTokens",
        16384,
        "candidateCount",
        1,
        "responseMimeType",
        "application/json",
        "structuredOutput",
        fields("schemaId", Registry.SCHEMA));
  }

  private Map<String, Object> steps() {
    return Fields.child(document, "steps");
  }

  private static Map<String, Object> fields(Object... namesAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
