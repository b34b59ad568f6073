package io.tda.worker.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what changed between two reports. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Prints the ratio of each figure of two reports.")
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "a file of bench/results")
  private Path before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "another one")
  private Path after;

  @Override
  public Integer call() throws IOException {
    spec.commandLine().getOut().print(Comparison.of(Report.read(before), Report.read(after)));
    spec.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }
}
