package io.tda.worker.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Environments to start from, and short ways to read them. */
final class Environments {
  static final Map<String, String> DISPATCHER = Map.of("GOOGLE_CLOUD_PROJECT", "demo-project");

  static final Map<String, String> EXECUTOR =
      Map.of(
          "GOOGLE_CLOUD_PROJECT", "demo-project",
          "ARTIFACTS_BUCKET", "reports",
          "GEMINI_API_KEY", "a-key-for-tests");

  private Environments() {}

  /** The environment with more, given as name and value in turn; an empty value unsets. */
  static Map<String, String> with(Map<String, String> env, String... more) {
    var changed = new HashMap<>(env);
    for (int i = 0; i < more.length; i += 2) {
      changed.put(more[i], more[i + 1]);
    }
    return changed;
  }

  static ConfigResult.Valid<ExecutorConfig> executor(String... more) {
    return valid(WorkerConfig.fromEnv(with(EXECUTOR, more), Role.EXECUTOR));
  }

  static ConfigResult.Valid<DispatcherConfig> dispatcher(String... more) {
    return valid(WorkerConfig.fromEnv(with(DISPATCHER, more), Role.DISPATCHER));
  }

  /** What is wrong with an executor's environment, as lines. */
  static List<String> problems(String... more) {
    return problems(WorkerConfig.fromEnv(with(EXECUTOR, more), Role.EXECUTOR));
  }

  static List<String> problems(ConfigResult<?> result) {
    return switch (result) {
      case ConfigResult.Valid<?> _ -> List.of();
      case ConfigResult.Invalid<?>(var problems) ->
          problems.stream().map(ConfigFinding::toString).toList();
    };
  }

  private static <S> ConfigResult.Valid<S> valid(ConfigResult<S> result) {
    return switch (result) {
      case ConfigResult.Valid<S> valid -> valid;
      case ConfigResult.Invalid<S>(var problems) -> throw new AssertionError(problems);
    };
  }
}
