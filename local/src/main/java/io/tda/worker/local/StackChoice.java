package io.tda.worker.local;

import io.tda.worker.config.ConfigResult;
import io.tda.worker.config.DispatcherConfig;
import io.tda.worker.config.Role;
import io.tda.worker.config.WorkerConfig;
import io.tda.worker.local.stack.StackData;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which runs a command is about: those of the project that the environment names, else those of
 * this checkout's dev stack.
 */
final class StackChoice {
  private static final String PROJECT = "GOOGLE_CLOUD_PROJECT";

  private StackChoice() {}

  /** The settings of the services that are meant. */
  static Map<String, String> variables(Map<String, String> environment) {
    if (!environment.getOrDefault(PROJECT, "").isBlank()) {
      return environment;
    }
    var running = StackFile.ofThisCheckout().read();
    if (running.isEmpty()) {
      throw new CliException(
          ExitCode.BAD_CONFIGURATION,
          "no dev stack of this checkout runs (./worker dev), and " + PROJECT + " is not set");
    }
    var variables = new HashMap<>(environment);
    variables.putAll(running.get());
    return Map.copyOf(variables);
  }

  /** Connects to the documents and objects. */
  static StackData open(Map<String, String> variables) {
    return switch (WorkerConfig.fromEnv(variables, Role.DISPATCHER)) {
      case ConfigResult.Valid<DispatcherConfig>(var config, _, _) -> StackData.open(config);
      case ConfigResult.Invalid<DispatcherConfig>(var problems) ->
          throw new CliException(
              ExitCode.BAD_CONFIGURATION,
              problems.stream().map(Object::toString).collect(Collectors.joining("; ")));
    };
  }
}
