package io.tda.worker.local;

import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.local.stack.Trigger;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes steps of a run READY. */
@Command(
    name = "trigger",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes PENDING LLM_REPORT steps of a run READY, as the orchestrator does once all that they",
      "depend on has succeeded."
    })
final class TriggerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "the run's id")
  private String run;

  @Option(
      names = "--step",
      paramLabel = "STEP",
      description = "this step (default: all that wait for nothing)")
  private @Nullable String step;

  @Option(names = "--again", description = "with --step: even if it has ended")
  private boolean again;

  @Override
  public Integer call() {
    var id = runId(run);
    var wanted = stepId();
    var out = spec.commandLine().getOut();
    Output.of(spec.commandLine()).withLibraryLogs();
    try (var data = StackChoice.open(StackChoice.variables(System.getenv()))) {
      var trigger = new Trigger(data.documents(), data.runsCollection());
      return switch (trigger.ready(id, wanted, again)) {
        case Trigger.Outcome.Made(var steps) -> {
          out.println(
              "READY: " + steps.stream().map(StepId::value).collect(Collectors.joining(", ")));
          yield ExitCode.OK.code();
        }
        case Trigger.Outcome.Nothing(var reason) -> {
          out.println("nothing to do: " + reason);
          yield ExitCode.NOTHING_TO_DO.code();
        }
        case Trigger.Outcome.NoSuchRun() ->
            throw new CliException(ExitCode.BAD_INPUT, "there is no run " + id);
      };
    }
  }

  static RunId runId(String text) {
    return RunId.parse(text)
        .orElseThrow(() -> new CliException(ExitCode.USAGE, "RUN: run id " + RunId.RULE));
  }

  private @Nullable StepId stepId() {
    if (step == null) {
      return null;
    }
    return StepId.parse(step)
        .orElseThrow(() -> new CliException(ExitCode.USAGE, "--step: step id " + StepId.RULE));
  }
}
