package io.tda.worker.local;

import io.tda.worker.adapter.telemetry.Identity;
import io.tda.worker.adapter.telemetry.Telemetry;
import io.tda.worker.config.ConfigResult;
import io.tda.worker.config.DeliveryConfig;
import io.tda.worker.config.ExecutorConfig;
import io.tda.worker.config.GeminiAuthConfig;
import io.tda.worker.config.LLMConfig;
import io.tda.worker.config.LLMMode;
import io.tda.worker.config.Role;
import io.tda.worker.config.WorkerConfig;
import io.tda.worker.executor.ExecutorAssembly;
import io.tda.worker.executor.adapter.gemini.FixtureLLMClient;
import io.tda.worker.executor.adapter.gemini.FixtureRecorder;
import io.tda.worker.executor.adapter.gemini.GeminiClientAdapter;
import io.tda.worker.id.StepId;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.local.runtime.CountingEventLogger;
import io.tda.worker.log.EventLogger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The executor's settings for an execution on this machine: the service's own variables, with
 * defaults for those that only make sense in the cloud.
 */
final class LocalExecution implements AutoCloseable {
  /** One delivery: a retry in some minutes is the cloud's business, not a terminal's. */
  private static final int DELIVERIES = 1;

  private static final Map<String, String> DEFAULTS =
      Map.of("GOOGLE_CLOUD_PROJECT", "local-project", "ARTIFACTS_BUCKET", "demo-artifacts");

  private final WorkerConfig<ExecutorConfig> config;
  private final Map<String, String> environment;
  private final @Nullable GeminiClientAdapter gemini;
  private final LLMClient model;

  private LocalExecution(WorkerConfig<ExecutorConfig> config, Map<String, String> environment) {
    this.config = config;
    this.environment = Map.copyOf(environment);
    this.gemini = gemini(config.own().llm());
    this.model = model(config.own().llm().mode(), gemini);
  }

  /** Where answers come from. */
  enum Mode {
    REAL,
    MOCK,
    RECORD
  }

  /**
   * Settings from the environment.
   *
   * @param fixtures null where none was named
   * @throws CliException with all problems, one a line
   */
  static LocalExecution of(Map<String, String> environment, Mode mode, @Nullable Path fixtures) {
    var env = new HashMap<>(DEFAULTS);
    env.putAll(environment);
    env.put("LLM_MODE", mode.name().toLowerCase(Locale.ROOT));
    if (fixtures != null) {
      env.put("LLM_FIXTURES_DIR", fixtures.toString());
    }
    return switch (WorkerConfig.fromEnv(env, Role.EXECUTOR)) {
      case ConfigResult.Valid<ExecutorConfig>(var config, _, _) -> new LocalExecution(config, env);
      case ConfigResult.Invalid<ExecutorConfig>(var problems) ->
          throw new CliException(
              ExitCode.BAD_CONFIGURATION,
              problems.stream().map(Object::toString).collect(Collectors.joining("; ")));
    };
  }

  /**
   * Executes a step of a run.
   *
   * @param wanted null for the one that the dispatcher would choose
   */
  LocalRunResult run(LocalRun.Files files, @Nullable StepId wanted, EventLogger log) {
    try (var telemetry = Telemetry.of(environment, identity(), log)) {
      return prepare(files, log, telemetry).execute(wanted);
    }
  }

  LocalRun prepare(LocalRun.Files files, EventLogger log) {
    return prepare(files, log, Telemetry.off());
  }

  LocalRun prepare(LocalRun.Files files, EventLogger log, Telemetry telemetry) {
    return new LocalRun(
        files, model, settings(), new CountingEventLogger(log), InstantSource.system(), telemetry);
  }

  private Identity identity() {
    return new Identity(
        "local",
        ProjectVersion.text(),
        config.service().environment(),
        UUID.randomUUID().toString());
  }

  /** What must not be shown, whatever happens. */
  Set<String> secrets() {
    return switch (config.own().llm().mode()) {
      case LLMMode.Real(var auth) -> secrets(auth);
      case LLMMode.Recording(_, var auth) -> secrets(auth);
      case LLMMode.Mock _ -> Set.of();
    };
  }

  private static Set<String> secrets(GeminiAuthConfig auth) {
    return switch (auth) {
      case GeminiAuthConfig.AiStudio(var key) -> Set.of(key.exposeSecretToGeminiClient());
      case GeminiAuthConfig.Vertex _ -> Set.of();
    };
  }

  private ExecutorAssembly.Settings settings() {
    var own = config.own();
    return new ExecutorAssembly.Settings(
        own.artifacts().paths(),
        own.limits(),
        config.lease(),
        new DeliveryConfig(DELIVERIES, own.delivery().maxModelCalls()),
        own.budget(),
        new ExecutorAssembly.ModelAccess(
            own.llm().allowedModels()::allows, authMode(own.llm().mode()), own.llm().maxAttempts()),
        own.rawOutput());
  }

  @Override
  public void close() {
    if (gemini != null) {
      gemini.close();
    }
  }

  private static @Nullable GeminiClientAdapter gemini(LLMConfig config) {
    return switch (config.mode()) {
      case LLMMode.Real(var auth) -> GeminiClientAdapter.open(auth, config.baseUrl());
      case LLMMode.Recording(_, var auth) -> GeminiClientAdapter.open(auth, config.baseUrl());
      case LLMMode.Mock _ -> null;
    };
  }

  private static LLMClient model(LLMMode mode, @Nullable GeminiClientAdapter gemini) {
    return switch (mode) {
      case LLMMode.Mock(var fixtures) -> new FixtureLLMClient(fixtures);
      case LLMMode.Real _ -> Objects.requireNonNull(gemini);
      case LLMMode.Recording(var fixtures, _) ->
          new FixtureRecorder(fixtures, Objects.requireNonNull(gemini));
    };
  }

  private static String authMode(LLMMode mode) {
    return switch (mode) {
      case LLMMode.Real(var auth) -> auth.mode();
      case LLMMode.Mock _ -> mode.label();
      case LLMMode.Recording(_, var auth) -> auth.mode();
    };
  }
}
