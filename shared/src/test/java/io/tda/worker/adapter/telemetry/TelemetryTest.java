package io.tda.worker.adapter.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.Attributes;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.LogEventExamples;
import io.tda.worker.log.RecordingEventLogger;
import io.tda.worker.log.ServiceEvent.ConfigWarning;
import io.tda.worker.log.ServiceEvent.ServiceStopping;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the standard variables switch on, and that nothing comes to depend on it. */
@Timeout(60)
final class TelemetryTest {
  private static final Identity IDENTITY = new Identity("dispatcher", "1.2.3", "test", "i-1");
  private static final String CANARY = "CANARY-SECRET-0001";

  private final RecordingEventLogger lines = new RecordingEventLogger();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "OTEL_SERVICE_NAME=worker",
        "OTEL_TRACES_EXPORTER=none OTEL_METRICS_EXPORTER=none",
        "OTEL_EXPORTER_OTLP_ENDPOINT=",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 OTEL_SDK_DISABLED=true",
      })
  void of_isOffUnlessAnExporterIsAskedFor(String variables) {
    var telemetry = Telemetry.of(environment(variables), IDENTITY, lines);
    DocumentStore store = new InMemoryDocumentStore(InstantSource.system());

    assertThat(telemetry.documents(store)).isSameAs(store);
    assertThat(telemetry.log(lines)).isSameAs(lines);
    assertThat(lines.entries()).isEmpty();
  }

  @Test
  void of_exportsTracesAndMetrics_whereAnEndpointIsNamed() throws IOException {
    var received = new ConcurrentHashMap<String, String>();
    var collector = collector(received);
    try {
      var endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT=http:/" + collector.getAddress();
      workAndSend(Telemetry.of(environment(endpoint), IDENTITY, lines));
    } finally {
      collector.stop(0);
    }
    assertThat(received).containsOnlyKeys("/v1/traces", "/v1/metrics");
    assertThat(received.get("/v1/traces"))
        .contains("flow_run event", "firestore get", "dispatcher");
    assertThat(received.get("/v1/metrics")).contains("step_executions_total", "worker_llm_client");
    assertThat(received.values()).noneMatch(body -> body.contains("CANARY"));
  }

  @Test
  void of_exportsOnlyWhatIsAskedFor() throws IOException {
    var received = new ConcurrentHashMap<String, String>();
    var collector = collector(received);
    try {
      var variables =
          "OTEL_METRICS_EXPORTER=none OTEL_SERVICE_NAME=mine OTEL_EXPORTER_OTLP_ENDPOINT=http:/"
              + collector.getAddress();
      workAndSend(Telemetry.of(environment(variables), IDENTITY, lines));
    } finally {
      collector.stop(0);
    }
    assertThat(received).containsOnlyKeys("/v1/traces");
    assertThat(received.get("/v1/traces")).contains("mine").doesNotContain("dispatcher");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OTEL_TRACES_EXPORTER=no-such-exporter-" + CANARY,
        "OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_ENDPOINT=ftp://user:" + CANARY + "@host",
        "OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_PROTOCOL=grpc",
      })
  void of_isOffWithAWarning_whereTheSettingsCannotBeUsed(String variables) {
    var telemetry = Telemetry.of(environment(variables), IDENTITY, lines);

    assertThat(telemetry).isSameAs(Telemetry.off());
    assertThat(lines.events(ConfigWarning.class)).hasSize(1);
    assertThat(lines.entries().toString()).doesNotContain(CANARY);
  }

  @Test
  void work_goesOn_whenTheCollectorRefuses() {
    var refusing = "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1";

    try (var telemetry = Telemetry.of(environment(refusing), IDENTITY, lines)) {
      work(telemetry);
    }

    assertThat(lines.names()).contains("step_completed");
  }

  @Test
  void close_waitsTwoSecondsAtMost_whenTheCollectorHangs() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var hanging = "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:" + silent.getLocalPort();
      var telemetry = Telemetry.of(environment(hanging), IDENTITY, lines);
      work(telemetry);
      var started = System.nanoTime();

      telemetry.close();

      var took = Duration.ofNanos(System.nanoTime() - started);
      // 2 s for the exporter, the rest for a busy machine; by itself it would wait for 10.
      assertThat(took).isLessThan(Duration.ofSeconds(8));
      assertThat(lines.names()).contains("step_completed");
    }
  }

  /** Does something of everything. */
  private void work(Telemetry telemetry) {
    var log = telemetry.log(lines);
    var store = telemetry.documents(new InMemoryDocumentStore(InstantSource.system()));
    Runnable event =
        () -> {
          LogEventExamples.all().forEach(it -> log.log(it, LogEventExamples.CONTEXT));
          var _ = store.getAll(List.of(new DocumentRef("things", "a")));
        };
    telemetry
        .traced(
            event,
            (next, spans) ->
                () ->
                    spans.entry(
                        "flow_run event",
                        Attributes.empty(),
                        null,
                        _ -> {
                          next.run();
                          return next;
                        }))
        .run();
    log.log(new ServiceStopping(), LogContext.NONE);
  }

  /** Patiently: what is tested is what arrives, not how soon. */
  private void workAndSend(Telemetry telemetry) {
    work(telemetry);
    assertThat(telemetry)
        .isInstanceOfSatisfying(
            OpenTelemetryExport.class, export -> export.close(Duration.ofSeconds(30)));
  }

  private static HttpServer collector(Map<String, String> received) throws IOException {
    var collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
          received.merge(exchange.getRequestURI().getPath(), body, String::concat);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    return collector;
  }

  private static Map<String, String> environment(String variables) {
    var environment = new HashMap<String, String>();
    for (var variable : variables.split(" ", -1)) {
      var parts = variable.split("=", 2);
      if (parts.length == 2) {
        environment.put(parts[0], parts[1]);
      }
    }
    return environment;
  }
}
