package io.tda.worker.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.flow.StepException;
import io.tda.worker.local.sim.SimCommand;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line of the project. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    versionProvider = ProjectVersion.class,
    description = "Turns READY LLM_REPORT steps of flow runs into validated reports.",
    subcommands = {
      DemoCommand.class,
      RunLocalCommand.class,
      ValidateCommand.class,
      SchemaCommand.class,
      SimCommand.class,
      DevCommand.class,
      SeedCommand.class,
      TriggerCommand.class,
      ShowCommand.class,
      SmokeCommand.class,
      CommandLine.HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0: the step SUCCEEDED; the documents are valid; the smoke test passed",
      "1: the step FAILED; a case of the smoke test did",
      "2: nothing to do",
      "64: bad usage",
      "65: a bad input document",
      "69: something is missing that has to be there, such as an emulator",
      "70: a bug of this program, or a service of the dev stack that died",
      "78: bad configuration"
    },
    footerHeading = "%n",
    footer = {
      "The launcher itself has more: './worker test', './worker build', './worker format'.",
      "Start with: ./worker demo"
    })
public final class WorkerCli {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "show stack traces and debug lines")
  private boolean verbose;

  private WorkerCli() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    var out = new PrintWriter(new OutputStreamWriter(System.out, UTF_8), true);
    var err = new PrintWriter(new OutputStreamWriter(System.err, UTF_8), true);
    System.exit(commandLine(out, err).execute(args));
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    var cli = new WorkerCli();
    return new CommandLine(cli)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(WorkerCli::badUsage)
        .setExecutionExceptionHandler((e, command, _) -> cli.failed(e, command));
  }

  private static int badUsage(CommandLine.ParameterException e, String[] args) {
    var command = e.getCommandLine();
    command.getErr().println("worker: " + e.getMessage());
    command.getErr().println("Try './worker help'.");
    return ExitCode.USAGE.code();
  }

  private int failed(Exception e, CommandLine command) {
    if (verbose) {
      e.printStackTrace(command.getErr());
    }
    if (e instanceof CliException expected) {
      command.getErr().println("worker: " + expected.getMessage());
      return expected.exitCode().code();
    }
    // Of a service that does not answer, or not as it should.
    if (e instanceof StepException fault) {
      command.getErr().println("worker: " + fault.getMessage());
      return ExitCode.UNAVAILABLE.code();
    }
    command
        .getErr()
        .println(
            "worker: unexpected "
                + e.getClass().getSimpleName()
                + (verbose ? "" : "; run again with --verbose for the stack trace"));
    return ExitCode.SOFTWARE.code();
  }
}
