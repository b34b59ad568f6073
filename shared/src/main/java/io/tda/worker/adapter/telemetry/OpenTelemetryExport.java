package io.tda.worker.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.ServiceEvent.ConfigWarning;
import io.tda.worker.store.DocumentStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Telemetry by the OpenTelemetry SDK. Exporters work on threads of their own and drop what they
 * cannot send: one that fails or hangs costs telemetry, and nothing else.
 */
final class OpenTelemetryExport implements Telemetry {
  private static final String SCOPE = "io.tda.worker";
  private static final String NAMESPACE = "worker_llm_client";
  private static final Duration CLOSE_TIME = Duration.ofSeconds(2);

  private final OpenTelemetrySdk sdk;
  private final Spans spans;
  private final Metrics metrics;

  OpenTelemetryExport(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    this.spans = new Spans(sdk.getTracer(SCOPE));
    this.metrics = new Metrics(sdk.getMeter(SCOPE));
  }

  static Telemetry start(Map<String, String> environment, Identity identity, EventLogger log) {
    try {
      return new OpenTelemetryExport(sdk(environment, identity));
    } catch (RuntimeException e) {
      // Its message may quote a setting, and an endpoint may hold a credential.
      log.log(
          new ConfigWarning("OTEL_*", "cannot be used; traces and metrics are off"),
          LogContext.NONE);
      return NoTelemetry.OFF;
    }
  }

  private static OpenTelemetrySdk sdk(Map<String, String> environment, Identity identity) {
    var properties = ExportSettings.properties(environment);
    return AutoConfiguredOpenTelemetrySdk.builder()
        .addPropertiesCustomizer(_ -> properties)
        .addResourceCustomizer((given, _) -> resource(identity).merge(given(given, properties)))
        // The service ends in an order of its own, and closes this last.
        .disableShutdownHook()
        .build()
        .getOpenTelemetrySdk();
  }

  private static Resource resource(Identity identity) {
    return Resource.create(
        Attributes.builder()
            .put("service.namespace", NAMESPACE)
            .put("service.name", identity.component())
            .put("service.version", identity.version())
            .put("service.instance.id", identity.instance())
            .put("deployment.environment.name", identity.environment())
            .build());
  }

  /** What was set counts; the SDK's stand-in for a name that was not set does not. */
  private static Resource given(Resource given, Map<String, String> properties) {
    var name = AttributeKey.stringKey("service.name");
    var isSet =
        properties.containsKey("otel.service.name")
            || properties.getOrDefault("otel.resource.attributes", "").contains("service.name=");
    return isSet ? given : given.toBuilder().removeIf(name::equals).build();
  }

  @Override
  public EventLogger log(EventLogger next) {
    return new MeteringEventLogger(new CorrelatingEventLogger(next), metrics);
  }

  @Override
  public DocumentStore documents(DocumentStore next) {
    return new TracedDocumentStore(new MeteredDocumentStore(next, metrics), spans);
  }

  @Override
  public <T> T traced(T next, BiFunction<? super T, Spans, ? extends T> decorator) {
    return decorator.apply(next, spans);
  }

  @Override
  public <T> T carried(T next, Function<? super T, ? extends T> decorator) {
    return decorator.apply(next);
  }

  @Override
  public void close() {
    close(CLOSE_TIME);
  }

  void close(Duration time) {
    // A reader that cannot reach its collector blocks the caller of shutdown for 10 s.
    var closing =
        Thread.ofPlatform()
            .daemon()
            .name("telemetry-close")
            .start(() -> sdk.shutdown().join(time.toMillis(), TimeUnit.MILLISECONDS));
    try {
      closing.join(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
