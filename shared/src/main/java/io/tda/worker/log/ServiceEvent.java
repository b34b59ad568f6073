package io.tda.worker.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a process says of itself: its start and end, its settings, its bugs, its log. */
public sealed interface ServiceEvent extends LogEvent {

  /**
   * The process takes requests.
   *
   * @param startup since the process was started
   * @param port where it listens
   */
  record ServiceStarted(Duration startup, int port) implements ServiceEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("startupMs", startup).with("port", port).map();
    }
  }

  /** The process was told to end. */
  record ServiceStopping() implements ServiceEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.none();
    }
  }

  /**
   * The process has handed back what it held.
   *
   * @param duration since it was told to end
   */
  record ServiceStopped(Duration duration) implements ServiceEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("durationMs", duration).map();
    }
  }

  /**
   * The settings are valid.
   *
   * @param variables the names of the variables that were given; never their values
   * @param llm null where the service calls no model
   */
  record ConfigLoaded(List<String> variables, @Nullable Llm llm) implements ServiceEvent {
    public ConfigLoaded {
      variables = List.copyOf(variables);
    }

    /**
     * How the model is reached.
     *
     * @param keyId names the key; null where there is none
     */
    public record Llm(String mode, String authMode, @Nullable String keyId) {
      Map<String, Object> toMap() {
        var auth = Fields.of("mode", authMode).with("keyId", keyId).map();
        return Fields.of("mode", mode).with("auth", auth).map();
      }
    }

    @Override
    public Map<String, Object> fields() {
      return Fields.of("variables", variables).with("llm", llm == null ? null : llm.toMap()).map();
    }
  }

  /**
   * A setting is valid, but hardly meant.
   *
   * @param rule what is odd about it; never its value
   */
  record ConfigWarning(String variable, String rule) implements ServiceEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("variable", variable).with("rule", rule).map();
    }
  }

  /**
   * The settings are not valid; the process ends.
   *
   * @param problems variable and rule each; never a secret
   */
  record ConfigInvalid(List<String> problems) implements ServiceEvent {
    public ConfigInvalid {
      problems = List.copyOf(problems);
    }

    @Override
    public Map<String, Object> fields() {
      return Fields.of("problems", problems).map();
    }
  }

  /**
   * A bug.
   *
   * @param exceptions the exception and its causes, outermost first
   */
  @SuppressWarnings("JavaLangClash") // the catalogue's name
  record InternalError(List<Thrown> exceptions) implements ServiceEvent {
    public InternalError {
      exceptions = List.copyOf(exceptions);
    }

    /** The bug that this exception shows. Its message is not kept. */
    public static InternalError of(Throwable thrown) {
      return new InternalError(Thrown.chain(thrown));
    }

    @Override
    public Map<String, Object> fields() {
      return Fields.of("exceptions", exceptions.stream().map(Thrown::toMap).toList()).map();
    }
  }

  /**
   * A field was left out of a line.
   *
   * @param inEvent the line it was left out of
   * @param field the field's name
   * @param rule why it may not be written
   */
  record LogFieldRejected(String inEvent, String field, String rule) implements ServiceEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("inEvent", inEvent).with("field", field).with("rule", rule).map();
    }
  }

  /**
   * A library has something to say.
   *
   * @param source the statement in the library that logged
   * @param pattern its message without the arguments; null where it cannot be told from them
   * @param exceptions the exception it passed and its causes; empty where it passed none
   */
  record ThirdPartyLog(
      Severity severity,
      String logger,
      @Nullable String source,
      @Nullable String pattern,
      List<Thrown> exceptions)
      implements ServiceEvent {
    public ThirdPartyLog {
      exceptions = List.copyOf(exceptions);
    }

    @Override
    public Map<String, Object> fields() {
      var chain = exceptions.stream().map(Thrown::toMap).toList();
      return Fields.of("logger", logger)
          .with("source", source)
          .with("pattern", pattern)
          .with("exceptions", chain.isEmpty() ? null : chain)
          .map();
    }
  }

  @Override
  default String name() {
    return switch (this) {
      case ServiceStarted _ -> "service_started";
      case ServiceStopping _ -> "service_stopping";
      case ServiceStopped _ -> "service_stopped";
      case ConfigLoaded _ -> "config_loaded";
      case ConfigWarning _ -> "config_warning";
      case ConfigInvalid _ -> "config_invalid";
      case InternalError _ -> "internal_error";
      case LogFieldRejected _ -> "log_field_rejected";
      case ThirdPartyLog _ -> "third_party_log";
    };
  }

  @Override
  default Severity severity() {
    return switch (this) {
      case ServiceStarted _, ServiceStopping _, ServiceStopped _, ConfigLoaded _ -> Severity.INFO;
      case ConfigWarning _, LogFieldRejected _ -> Severity.WARNING;
      case ConfigInvalid _, InternalError _ -> Severity.ERROR;
      case ThirdPartyLog log -> log.severity();
    };
  }
}
