package io.tda.worker.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A run with all that it refers to: {@code flow_run.json}, {@code llm_prompts/}, {@code
 * llm_schemas/}, {@code artifacts/} and {@code fixtures/}.
 */
record RunFolder(Path path) {
  static final long MAX_JSON_BYTES = 65_536;
  static final long MAX_IMAGE_BYTES = 262_144;

  JsonNode flowRun() {
    return ContractFiles.json(path.resolve("flow_run.json"));
  }

  JsonNode step(String id) {
    return flowRun().path("steps").path(id);
  }

  List<Path> fixtures() {
    return ContractFiles.filesIn(path.resolve("fixtures"));
  }

  Path object(String uri) {
    return path.resolve("artifacts").resolve(uri.substring("gs://".length()));
  }

  /** The documents of the run, by their paths in this folder, with the contract of each. */
  Map<String, String> documents() {
    var documents = new TreeMap<>(Map.of("flow_run.json", "flow_run"));
    for (var prompt : ContractFiles.filesIn(path.resolve("llm_prompts"))) {
      documents.put("llm_prompts/" + prompt.getFileName(), "llm_prompt");
    }
    for (var schema : ContractFiles.filesIn(path.resolve("llm_schemas"))) {
      documents.put("llm_schemas/" + schema.getFileName(), "llm_schema");
    }
    return documents;
  }

  /** Every URI that the run's steps, and the charts manifests they name, refer to. */
  Stream<String> uris() {
    var ofSteps = texts(flowRun()).filter(RunFolder::isUri).distinct().toList();
    var ofManifests =
        ofSteps.stream()
            .filter(uri -> uri.endsWith("/manifest.json"))
            .flatMap(uri -> texts(ContractFiles.json(object(uri))))
            .filter(RunFolder::isUri);
    return Stream.concat(ofSteps.stream(), ofManifests).distinct();
  }

  /** Every object below {@code artifacts/}. */
  Stream<Path> objects() {
    return ContractFiles.below(path.resolve("artifacts")).stream();
  }

  static boolean isWithinLimit(Path object) {
    long limit = object.toString().endsWith(".json") ? MAX_JSON_BYTES : MAX_IMAGE_BYTES;
    return ContractFiles.bytes(object).length <= limit;
  }

  boolean has(String uri) {
    return Files.isRegularFile(object(uri));
  }

  private static boolean isUri(String text) {
    return text.startsWith("gs://");
  }

  private static Stream<String> texts(JsonNode value) {
    return Stream.of(value).mapMulti(RunFolder::texts);
  }

  private static void texts(JsonNode value, Consumer<String> found) {
    if (value.isTextual()) {
      found.accept(value.asText());
    }
    StreamSupport.stream(value.spliterator(), false).forEach(child -> texts(child, found));
  }

  @Override
  public String toString() {
    return String.valueOf(path.getFileName());
  }
}
