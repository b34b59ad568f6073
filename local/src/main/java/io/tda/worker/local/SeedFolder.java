package io.tda.worker.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.id.RunId;
import io.tda.worker.local.stack.Seeding;
import io.tda.worker.local.stack.Seeding.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores what lies in a folder of the example run's layout: prompts, schemas, artifacts, and the
 * run last, so that it finds the others.
 */
final class SeedFolder {
  private static final List<String> REGISTRIES = List.of("llm_prompts", "llm_schemas");

  private final Seeding seeding;
  private final Map<String, String> variables;
  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

  /**
   * What is stored where.
   *
   * @param variables name the collections, where they are not the usual ones
   */
  SeedFolder(Seeding seeding, Map<String, String> variables) {
    this.seeding = seeding;
    this.variables = variables;
  }

  /**
   * Which run is stored.
   *
   * @param as another id for it; null for its own
   * @param hold whether its READY steps wait for a trigger
   */
  record Run(Path file, @Nullable String as, boolean hold) {}

  /** What became of it. */
  record Seeded(RunId run, Outcome outcome, int stored, int found) {}

  /** Stores everything. */
  Seeded seed(Path folder, Run run) {
    for (var registry : REGISTRIES) {
      var collection =
          variables.getOrDefault(registry.toUpperCase(Locale.ROOT) + "_COLLECTION", registry);
      for (var file : InputFiles.jsonFiles(folder.resolve(registry))) {
        var name = String.valueOf(file.getFileName());
        var id = name.substring(0, name.length() - ".json".length());
        count(seeding.document(collection, id, InputFiles.object(file)));
      }
    }
    objects(folder.resolve("artifacts"));
    var document = InputFiles.object(run.file());
    var id = id(run, document);
    document.put("runId", id.value());
    if (run.hold()) {
      hold(document);
    }
    var runs = variables.getOrDefault("FLOW_RUNS_COLLECTION", "flow_runs");
    var outcome = seeding.document(runs, id.value(), document);
    return new Seeded(
        id,
        outcome,
        counts.getOrDefault(Outcome.STORED, 0),
        counts.getOrDefault(Outcome.WAS_THERE, 0));
  }

  private static RunId id(Run run, ObjectNode document) {
    var text = run.as() == null ? document.path("runId").asText("") : run.as();
    return RunId.parse(text)
        .orElseThrow(() -> CliException.badInput(run.file(), "/runId: run id " + RunId.RULE));
  }

  private static void hold(ObjectNode document) {
    for (var step : document.path("steps")) {
      if (step instanceof ObjectNode fields
          && fields.path("stepType").asText().equals(FlowStep.LLM_REPORT)
          && fields.path("status").asText().equals("READY")) {
        fields.put("status", "PENDING");
      }
    }
  }

  private void objects(Path root) {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (var files = Files.walk(root)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var uri =
            GcsUri.parse("gs://" + root.relativize(file).toString().replace('\\', '/'))
                .orElseThrow(() -> CliException.badInput(file, "its path is no object's name"));
        count(seeding.object(uri, InputFiles.bytes(file)));
      }
    } catch (IOException e) {
      throw CliException.badInput(root, "cannot be read");
    }
  }

  private void count(Outcome outcome) {
    counts.merge(outcome, 1, Integer::sum);
  }
}
