package io.tda.worker.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds documents to their contracts. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks documents against their contracts; exit code 65 if one is invalid.")
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "JSON documents, or patterns of them")
  private List<String> arguments;

  @Option(
      names = "--contract",
      paramLabel = "NAME",
      description = "the contract (default: found from each document's content)")
  private @Nullable String contract;

  private final Map<String, Contract> contracts = new HashMap<>();

  @Override
  public Integer call() {
    if (contract != null && !Contract.NAMES.contains(contract)) {
      throw new ParameterException(
          spec.commandLine(), "--contract: must be one of " + String.join(", ", Contract.NAMES));
    }
    var invalid = 0;
    var valid = 0;
    for (var file : files()) {
      if (isValid(file)) {
        valid++;
      } else {
        invalid++;
      }
    }
    spec.commandLine().getOut().println(valid + " valid, " + invalid + " invalid");
    return (invalid == 0 ? ExitCode.OK : ExitCode.BAD_INPUT).code();
  }

  private List<Path> files() {
    return arguments.stream().flatMap(argument -> InputFiles.expand(argument).stream()).toList();
  }

  /** One bad file must not hide the others. */
  private boolean isValid(Path file) {
    var out = spec.commandLine().getOut();
    try {
      var document = InputFiles.json(file);
      var name = contract != null ? contract : Contract.recognise(document).orElse(null);
      if (name == null) {
        throw CliException.badInput(file, "looks like none of our documents; name its --contract");
      }
      var violations = contracts.computeIfAbsent(name, Contract::named).violations(document);
      out.println(file + ": " + (violations.isEmpty() ? "valid " : "invalid ") + name);
      violations.forEach(violation -> out.println("  " + violation));
      return violations.isEmpty();
    } catch (CliException e) {
      out.println(e.getMessage());
      return false;
    }
  }
}
