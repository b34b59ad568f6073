package io.tda.worker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.json.StrictJson;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.local.ExampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The example run of the contracts, which every measurement executes: 30 kB of candles, two charts
 * of 45 kB together, one previous report, an answer of 4 kB.
 */
public final class ExampleDocuments {
  /** The step that is READY in the example. */
  public static final StepId STEP = new StepId("llm_report_4h_trend");

  /** The bucket of all its artifacts. */
  public static final String BUCKET = "demo-artifacts";

  private static final String RUN_FOLDER = "runs/20251224-061000_LINKUSDT_demo92/";

  static final String CANDLES = RUN_FOLDER + "ohlcv/4h.json";
  static final String MANIFEST = RUN_FOLDER + "steps/chart_export_4h/charts/manifest.json";
  static final String PREVIOUS_REPORT =
      "20251224-061000_LINKUSDT_demo92/1M/llm_report_1M_overview.json";
  static final List<String> CHARTS =
      List.of(
          RUN_FOLDER
              + "charts/4h/candles_volume_v1/20251224-061012_LINKUSDT_4h_candles_volume_v1.png",
          RUN_FOLDER
              + "charts/4h/close_sma_rsi_v1/20251224-061012_LINKUSDT_4h_close_sma_rsi_v1.png");

  private final Map<String, Object> run;
  private final Map<String, Map<String, Object>> prompts;
  private final Map<String, Map<String, Object>> schemas;
  private final List<Artifact> artifacts;
  private final LLMResponse answer;

  /** An object that is there before the step starts. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record Artifact(GcsUri uri, byte[] content, String contentType) {}

  private ExampleDocuments(Path folder) throws IOException {
    this.run = DocumentJson.toMap(object(folder.resolve("flow_run.json")));
    this.prompts = registry(folder.resolve("llm_prompts"));
    this.schemas = registry(folder.resolve("llm_schemas"));
    this.artifacts = artifacts(folder.resolve("artifacts").resolve(BUCKET));
    this.answer = answer(folder.resolve("fixtures"));
  }

  /** Reads the example from the class path. */
  public static ExampleDocuments load() throws IOException {
    var folder = Files.createTempDirectory("worker-bench-");
    try {
      ExampleRun.copyTo(folder);
      return new ExampleDocuments(folder);
    } finally {
      delete(folder);
    }
  }

  /** The run's document under another id; its inputs stay where they are. */
  public Map<String, Object> run(RunId id) {
    var copy = new LinkedHashMap<>(run);
    copy.put("runId", id.value());
    return copy;
  }

  /** Prompt documents by id. */
  public Map<String, Map<String, Object>> prompts() {
    return prompts;
  }

  /** Schema documents by id. */
  public Map<String, Map<String, Object>> schemas() {
    return schemas;
  }

  /** All objects, among them the report of the earlier step. */
  public List<Artifact> artifacts() {
    return artifacts;
  }

  /** The content of one of them, by its object name. */
  byte[] artifact(String name) {
    return artifacts.stream()
        .filter(artifact -> artifact.uri().name().equals(name))
        .findFirst()
        .orElseThrow()
        .content();
  }

  /** Where the report of a run's step goes. */
  static GcsUri report(RunId id) {
    return new GcsUri(BUCKET, id + "/4h/" + STEP + ".json");
  }

  /** What the model says. */
  LLMResponse answer() {
    return answer;
  }

  private static Map<String, Map<String, Object>> registry(Path folder) throws IOException {
    var documents = new HashMap<String, Map<String, Object>>();
    for (var file : files(folder)) {
      var name = String.valueOf(file.getFileName());
      documents.put(name.substring(0, name.lastIndexOf('.')), DocumentJson.toMap(object(file)));
    }
    return documents;
  }

  private static List<Artifact> artifacts(Path bucket) throws IOException {
    var found = new ArrayList<Artifact>();
    for (var file : files(bucket)) {
      var name = bucket.relativize(file).toString().replace('\\', '/');
      var type = name.endsWith(".png") ? "image/png" : "application/json";
      found.add(new Artifact(new GcsUri(BUCKET, name), Files.readAllBytes(file), type));
    }
    return List.copyOf(found);
  }

  private static LLMResponse answer(Path fixtures) throws IOException {
    var answer = object(files(fixtures).getFirst());
    return new LLMResponse(
        answer.at("/candidates/0/content/parts/0/text").textValue(),
        LLMResponse.ExtractionMethod.PARTS,
        "STOP",
        null,
        new TokenUsage(19_874, 1_698, 2_911, 0, 24_483),
        "gemini-2.5-pro",
        "bench");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static ObjectNode object(Path file) throws IOException {
    JsonNode json =
        switch (StrictJson.parse(Files.readAllBytes(file))) {
          case StrictJson.Result.Parsed(var value) -> value;
          case StrictJson.Result.Malformed(var reason) -> throw new IOException(reason);
        };
    return (ObjectNode) json;
  }

  private static void delete(Path folder) throws IOException {
    try (var walk = Files.walk(folder)) {
      for (var file : walk.toList().reversed()) {
        Files.delete(file);
      }
    }
  }
}
