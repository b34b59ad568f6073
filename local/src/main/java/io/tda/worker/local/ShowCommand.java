package io.tda.worker.local;

import io.tda.worker.local.stack.RunView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a run. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a run of the dev stack, or of the project that GOOGLE_CLOUD_PROJECT names: its steps,",
      "reports, errors, and who works on what. Exit code 1 if a report has failed."
    })
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "the run's id")
  private String run;

  @Option(names = "--json", description = "as one JSON object")
  private boolean json;

  @Override
  public Integer call() {
    var id = TriggerCommand.runId(run);
    var output = Output.of(spec.commandLine()).withLibraryLogs();
    try (var data = StackChoice.open(StackChoice.variables(System.getenv()))) {
      return switch (RunView.read(data, id)) {
        case RunView.Missing() ->
            throw new CliException(ExitCode.BAD_INPUT, "there is no run " + id);
        case RunView.Invalid(var violations) ->
            throw new CliException(
                ExitCode.BAD_INPUT, "run " + id + " is invalid: " + violations.getFirst());
        case RunView.Seen seen -> {
          if (json) {
            spec.commandLine().getOut().println(RunReport.json(seen));
          } else {
            RunReport.text(seen, output.summaryText());
          }
          yield exitCode(seen).code();
        }
      };
    }
  }

  static ExitCode exitCode(RunView.Seen seen) {
    return seen.hasFailure() ? ExitCode.STEP_FAILED : ExitCode.OK;
  }
}
