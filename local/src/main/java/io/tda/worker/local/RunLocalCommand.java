package io.tda.worker.local;

import io.tda.worker.id.StepId;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Executes one step of a person's own run. */
@Command(
    name = "run-local",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Executes one READY LLM_REPORT step of a run that lies in files.",
    footer = {
      "",
      "An object gs://bucket/name is the file DIR/bucket/name below --artifacts. The report goes",
      "there too: its bucket is ARTIFACTS_BUCKET, by default demo-artifacts. All settings are the",
      "executor's variables. Logs go to stderr, the summary to stdout."
    })
final class RunLocalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--flow-run-path",
      required = true,
      paramLabel = "FILE",
      description = "the run's document")
  private Path flowRun;

  @Option(
      names = "--step-id",
      paramLabel = "STEP",
      description = "the step (default: the first that is free)")
  private @Nullable String stepId;

  @Option(
      names = "--documents",
      paramLabel = "DIR",
      description = "holds llm_prompts/ and llm_schemas/ (default: the run's folder)")
  private @Nullable Path documents;

  @Option(
      names = "--artifacts",
      paramLabel = "DIR",
      description = "holds the objects (default: artifacts/ in the run's folder)")
  private @Nullable Path artifacts;

  @Option(
      names = "--llm-mode",
      paramLabel = "real|mock|record",
      defaultValue = "mock",
      description = "where answers come from (default: mock)")
  private LocalExecution.Mode mode;

  @Option(
      names = "--fixtures",
      paramLabel = "DIR",
      description = "holds stored answers (default: fixtures/ in the run's folder)")
  private @Nullable Path fixtures;

  @Option(
      names = "--output-summary",
      paramLabel = "none|text|json",
      defaultValue = "text",
      description = "the summary's form (default: text)")
  private Output.Summary summary;

  @Option(
      names = "--log-format",
      paramLabel = "json|text",
      defaultValue = "text",
      description = "the log's form (default: text)")
  private Output.LogFormat logFormat;

  @Override
  public Integer call() {
    var folder = Objects.requireNonNull(flowRun.toAbsolutePath().getParent());
    var files =
        new LocalRun.Files(
            flowRun, orElse(documents, folder), orElse(artifacts, folder.resolve("artifacts")));
    try (var execution =
        LocalExecution.of(System.getenv(), mode, orElse(fixtures, folder.resolve("fixtures")))) {
      var output = Output.of(spec.commandLine());
      var result = execution.run(files, step(), output.logger(logFormat, execution.secrets()));
      output.summary(summary, result);
      return result.exitCode().code();
    }
  }

  private @Nullable StepId step() {
    if (stepId == null) {
      return null;
    }
    return StepId.parse(stepId)
        .orElseThrow(() -> new CliException(ExitCode.USAGE, "--step-id: step id " + StepId.RULE));
  }

  private static Path orElse(@Nullable Path given, Path usual) {
    return given == null ? usual : given;
  }
}
