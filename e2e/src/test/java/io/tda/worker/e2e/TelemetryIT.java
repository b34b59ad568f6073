package io.tda.worker.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tda.worker.e2e.StackSettings.Orders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Traces and metrics of both services as processes, as a collector receives them. */
final class TelemetryIT {
  private final List<Export> exports = new CopyOnWriteArrayList<>();

  /** One export; its content as one character a byte. */
  private record Export(String path, String content) {}

  @Test
  void step_isOneTraceOverBothProcesses_andCounts() throws IOException {
    var collector = collector();
    try (var platform = Platform.start(_ -> {})) {
      var endpoint = "http:/" + collector.getAddress();
      var settings =
          StackSettings.of("telemetry", Orders.PUSHED)
              .with("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
              .with("OTEL_BSP_SCHEDULE_DELAY", "100")
              .with("OTEL_METRIC_EXPORT_INTERVAL", "500");
      var run = RunBuilder.run("telemetry").report("report");
      var stack = Stack.start(platform, settings);
      try (stack) {
        stack.create(run);
        assertThat(stack.changed(run).postTo(stack.dispatcher().endpoint())).isEqualTo(204);
        stack.await(run, "report", "SUCCEEDED");
        awaitExports(stack, run);
      }
      var trace = trace(stack.log(run));
      assertThat(spans(trace, "dispatcher"))
          .contains("flow_run event", "firestore commit", "step_claimed publish");
      assertThat(spans(trace, "executor"))
          .contains("step_claimed process", "firestore get", "gcs read", "generate_content");
      assertThat(all("/v1/metrics"))
          .contains("events_total", "step_executions_total", "llm_tokens_total")
          .doesNotContain(run.id());
      assertThat(Canary.in(all("/v1/traces") + all("/v1/metrics"))).isEmpty();
    } finally {
      collector.stop(0);
    }
  }

  /** The last span to end and the last counter to rise. */
  private void awaitExports(Stack stack, RunBuilder run) {
    Awaiting.value(
        "the end of the trace and the step's count to be exported",
        () ->
            Optional.of(stack.log(run))
                .map(TelemetryIT::trace)
                .filter(trace -> spans(trace, "executor").contains("step_claimed process"))
                .filter(_ -> spans(trace(stack.log(run)), "dispatcher").contains("flow_run event"))
                .filter(_ -> all("/v1/metrics").contains("step_executions_total"))
                .filter(_ -> all("/v1/metrics").contains("events_total")));
  }

  /** The one trace that all lines of the step name. */
  private static String trace(List<LogLine> lines) {
    var traces =
        lines.stream()
            .filter(line -> !line.text("claimId").isEmpty())
            .map(LogLine::trace)
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    assertThat(traces).hasSize(1);
    return traces.getFirst();
  }

  /** What a service has exported of a trace. */
  private String spans(String trace, String service) {
    var id = new String(HexFormat.of().parseHex(trace), ISO_8859_1);
    return String.join(
        "",
        exports.stream()
            .filter(export -> export.path().equals("/v1/traces"))
            .map(Export::content)
            .filter(content -> content.contains(service) && content.contains(id))
            .toList());
  }

  private String all(String path) {
    return String.join(
        "",
        exports.stream()
            .filter(export -> export.path().equals(path))
            .map(Export::content)
            .toList());
  }

  private HttpServer collector() throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var collector = HttpServer.create(loopback, 0);
    collector.createContext(
        "/",
        exchange -> {
          var content = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
          exports.add(new Export(exchange.getRequestURI().getPath(), content));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    return collector;
  }
}
