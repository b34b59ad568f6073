package io.tda.worker.bench;

import io.tda.worker.config.ConfigResult;
import io.tda.worker.config.ExecutorConfig;
import io.tda.worker.config.Role;
import io.tda.worker.config.WorkerConfig;
import io.tda.worker.executor.ExecutorAssembly;
import java.util.Map;

/** The executor's settings as they are by default. */
final class BenchSettings {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GOOGLE_CLOUD_PROJECT",
          "bench-project",
          "ARTIFACTS_BUCKET",
          ExampleDocuments.BUCKET,
          "LLM_MODE",
          "mock",
          "LLM_FIXTURES_DIR",
          ".");

  private BenchSettings() {}

  static ExecutorAssembly.Settings executor() {
    return switch (WorkerConfig.fromEnv(ENVIRONMENT, Role.EXECUTOR)) {
      case ConfigResult.Valid<ExecutorConfig>(var config, _, _) -> settings(config);
      case ConfigResult.Invalid<ExecutorConfig>(var problems) ->
          throw new IllegalStateException(problems.toString());
    };
  }

  private static ExecutorAssembly.Settings settings(WorkerConfig<ExecutorConfig> config) {
    var own = config.own();
    return new ExecutorAssembly.Settings(
        own.artifacts().paths(),
        own.limits(),
        config.lease(),
        own.delivery(),
        own.budget(),
        new ExecutorAssembly.ModelAccess(
            own.llm().allowedModels()::allows, own.llm().mode().label(), own.llm().maxAttempts()),
        own.rawOutput());
  }
}
