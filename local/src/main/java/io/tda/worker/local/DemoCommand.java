package io.tda.worker.local;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Executes the example run: no network, no key. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Executes the example run from its event to its report, and shows each step of the pipeline.",
      "Needs no network and no key: the model's answer is a stored one."
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--output-summary",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "the summary's form (default: text)")
  private Output.Summary summary;

  @Override
  public Integer call() throws IOException {
    var folder = Files.createTempDirectory("worker-demo-");
    ExampleRun.copyTo(folder);
    var files =
        new LocalRun.Files(folder.resolve("flow_run.json"), folder, folder.resolve("artifacts"));
    // Nobody's settings: the demo shows the same to everybody.
    try (var execution =
        LocalExecution.of(Map.of(), LocalExecution.Mode.MOCK, folder.resolve("fixtures"))) {
      var output = Output.of(spec.commandLine());
      var result =
          execution.run(files, null, output.logger(Output.LogFormat.TEXT, execution.secrets()));
      output.summary(summary, result);
      return result.exitCode().code();
    }
  }
}
