package io.tda.worker.adapter.http;

import io.tda.worker.adapter.telemetry.Identity;
import io.tda.worker.adapter.telemetry.Telemetry;
import io.tda.worker.config.ConfigFinding;
import io.tda.worker.config.ConfigResult;
import io.tda.worker.config.Role;
import io.tda.worker.config.ServiceConfig;
import io.tda.worker.config.WorkerConfig;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.LogOrigin.Component;
import io.tda.worker.log.SecretMask;
import io.tda.worker.log.ServiceEvent.ConfigInvalid;
import io.tda.worker.log.ServiceEvent.ConfigLoaded;
import io.tda.worker.log.ServiceEvent.ConfigWarning;
import io.tda.worker.log.ServiceEvent.InternalError;
import io.tda.worker.log.ServiceEvent.ServiceStarted;
import io.tda.worker.log.ThirdPartyLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The life of a service's process: reads its settings, starts it, and ends it when it is told to.
 *
 * @param <S> the settings that only this service has
 * @param main tells the version, by the jar it is in
 */
public record ServiceProcess<S>(
    Class<?> main,
    Component component,
    Role<S> role,
    Function<WorkerConfig<S>, Disclosure> disclosure,
    Start<S> start) {
  /** A bug, or a port that is taken: {@code EX_SOFTWARE} of sysexits. */
  private static final int EXIT_SOFTWARE = 70;

  /**
   * What the log may say of the settings.
   *
   * @param secrets what it must not, wherever it occurs
   * @param llm how a model is reached; null where the service calls none
   */
  public record Disclosure(SecretMask secrets, ConfigLoaded.@Nullable Llm llm) {}

  /** Builds the clients of a service and begins to serve, on the thread that runs {@code main}. */
  @FunctionalInterface
  public interface Start<S> {
    /** Starts the service. */
    Running start(WorkerConfig<S> config, Telemetry telemetry, EventLogger log, Draining draining);
  }

  /**
   * A service that takes requests.
   *
   * @param clients are closed in this order, after the last request was answered
   */
  public record Running(HttpServer server, List<AutoCloseable> clients) {
    public Running {
      clients = List.copyOf(clients);
    }

    /** The same, and this is closed last. */
    Running closing(AutoCloseable last) {
      return new Running(server, Stream.concat(clients.stream(), Stream.of(last)).toList());
    }
  }

  /** Runs the service. Ends the process with 78 where the settings are not valid. */
  public void run(Map<String, String> environment) {
    switch (WorkerConfig.fromEnv(environment, role)) {
      case ConfigResult.Invalid<S>(var problems) -> {
        var log = ServiceLog.beforeSettings(component, version());
        log.log(new ConfigInvalid(texts(problems)), LogContext.NONE);
        exit(ConfigResult.Invalid.EXIT_CODE);
      }
      case ConfigResult.Valid<S>(var config, var warnings, var given) -> {
        var disclosure = disclosure().apply(config);
        var log = ServiceLog.of(component, version(), config.service(), disclosure.secrets());
        warnings.forEach(
            it -> log.log(new ConfigWarning(it.variable(), it.rule()), LogContext.NONE));
        log.log(new ConfigLoaded(given, disclosure.llm()), LogContext.NONE);
        var telemetry = Telemetry.of(environment, identity(config.service()), log);
        run(config, telemetry, telemetry.log(log));
      }
    }
  }

  private Identity identity(ServiceConfig service) {
    var instance = UUID.randomUUID().toString();
    return new Identity(component.word(), version(), service.environment(), instance);
  }

  private void run(WorkerConfig<S> config, Telemetry telemetry, EventLogger log) {
    ThirdPartyLogs.install(log);
    Thread.setDefaultUncaughtExceptionHandler(
        (_, thrown) -> log.log(InternalError.of(thrown), LogContext.NONE));
    try {
      var draining = new Draining();
      var running = start.start(config, telemetry, log, draining);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> new Shutdown(draining, running.closing(telemetry), log).run(), "shutdown"));
      log.log(new ServiceStarted(sinceExec(), running.server().port()), LogContext.NONE);
    } catch (RuntimeException e) {
      log.log(InternalError.of(e), LogContext.NONE);
      exit(EXIT_SOFTWARE);
    }
  }

  private static Duration sinceExec() {
    var now = Instant.now();
    var start = ProcessHandle.current().info().startInstant().orElse(now);
    // The system counts in ticks, so that it may seem to have started in a moment.
    return start.isBefore(now) ? Duration.between(start, now) : Duration.ZERO;
  }

  private static List<String> texts(List<ConfigFinding> problems) {
    return problems.stream().map(ConfigFinding::toString).toList();
  }

  private String version() {
    var version = main.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  /** Clients may have left threads that would keep the process alive. */
  private static void exit(int code) {
    Runtime.getRuntime().exit(code);
  }
}
