package io.tda.worker.local;

import io.tda.worker.local.stack.Seeding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stores prompts, schemas, artifacts and a run. */
@Command(
    name = "seed",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Stores prompts, schemas, artifacts and a run in the dev stack, or in the project that",
      "GOOGLE_CLOUD_PROJECT names. A READY step of the run starts at once. What is there already",
      "is left as it is."
    })
final class SeedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--flow-run-path",
      paramLabel = "FILE",
      description = "the run's document (default: the example run)")
  private @Nullable Path flowRun;

  @Option(
      names = "--documents",
      paramLabel = "DIR",
      description =
          "holds llm_prompts/, llm_schemas/ and artifacts/BUCKET/OBJECT (default: the run's folder)")
  private @Nullable Path documents;

  @Option(names = "--run-id", paramLabel = "RUN", description = "store the run under this id")
  private @Nullable String runId;

  @Option(names = "--hold", description = "READY steps wait for ./worker trigger")
  private boolean hold;

  @Override
  public Integer call() throws IOException {
    var variables = StackChoice.variables(System.getenv());
    Output.of(spec.commandLine()).withLibraryLogs();
    var file = flowRun == null ? example() : flowRun;
    var folder =
        documents == null ? Objects.requireNonNull(file.toAbsolutePath().getParent()) : documents;
    var seeded = seed(variables, folder, new SeedFolder.Run(file, runId, hold));
    var out = spec.commandLine().getOut();
    return switch (seeded.outcome()) {
      case STORED -> {
        out.println(
            "stored run %s; of what it needs: %d stored, %d there already"
                .formatted(seeded.run(), seeded.stored(), seeded.found()));
        yield ExitCode.OK.code();
      }
      case WAS_THERE -> {
        out.println(
            "run %s is there already; --run-id=… stores it once more".formatted(seeded.run()));
        yield ExitCode.NOTHING_TO_DO.code();
      }
    };
  }

  static SeedFolder.Seeded seed(Map<String, String> variables, Path folder, SeedFolder.Run run) {
    try (var data = StackChoice.open(variables)) {
      var seeding = new Seeding(data.documents(), data.artifacts());
      return new SeedFolder(seeding, variables).seed(folder, run);
    }
  }

  /** The example run's file, with all that belongs to it in the same folder. */
  static Path example() throws IOException {
    var folder = Files.createTempDirectory("worker-seed-");
    ExampleRun.copyTo(folder);
    return folder.resolve("flow_run.json");
  }
}
