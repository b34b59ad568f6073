package io.tda.worker.bench;

import com.sun.net.httpserver.HttpServer;
import io.tda.worker.adapter.telemetry.Identity;
import io.tda.worker.adapter.telemetry.Telemetry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * What traces and metrics cost a step: the one-process runtime with and without them, in turns, so
 * that both see the same machine. Every trace is recorded and sent. The collector is in this
 * process and its time is counted too, so the real cost is less.
 */
final class TelemetryMeasurement implements Measurement {
  private static final int IN_FLIGHT = 8;
  private static final double MICROS_PER_MILLI = 1e3;

  @Override
  public String name() {
    return "telemetry";
  }

  private record Turn(Load off, Load on) {
    double extraMicros() {
      return (on.cpuMillis() - off.cpuMillis()) * MICROS_PER_MILLI;
    }

    double ratio() {
      return on.cpuMillis() / off.cpuMillis();
    }
  }

  @Override
  public List<Figure> take(Effort effort) throws Exception {
    var turns = new ArrayList<Turn>();
    var collector = collector();
    try (var telemetry = telemetry(collector);
        var off = steps(Telemetry.off());
        var on = steps(telemetry)) {
      LoadFigures.warmUp(effort.warmUp(), off::execute);
      LoadFigures.warmUp(effort.warmUp(), on::execute);
      for (int i = 0; i < 2 * effort.windows(); i++) {
        turns.add(
            new Turn(
                ClosedLoop.run(IN_FLIGHT, effort.window(), off::execute),
                ClosedLoop.run(IN_FLIGHT, effort.window(), on::execute)));
      }
    } finally {
      collector.stop(0);
    }
    return figures(turns);
  }

  private List<Figure> figures(List<Turn> turns) {
    var subject = IN_FLIGHT + " in flight";
    return List.of(
        Figure.millis(
            name(), subject, "CPU a step, off", Median.of(turns, turn -> turn.off().cpuMillis())),
        Figure.millis(
            name(), subject, "CPU a step, on", Median.of(turns, turn -> turn.on().cpuMillis())),
        new Figure(
            name(),
            subject,
            "extra CPU a step",
            Median.of(turns, Turn::extraMicros),
            "us",
            Figure.Better.LESS),
        Figure.ratio(name(), subject, "on to off", Median.of(turns, Turn::ratio)));
  }

  private static EmbeddedSteps steps(Telemetry telemetry) throws IOException {
    return EmbeddedSteps.start(
        ExampleDocuments.load(), Duration.ZERO, DiscardedLog.logger(), telemetry);
  }

  private static Telemetry telemetry(HttpServer collector) {
    return Telemetry.of(
        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http:/" + collector.getAddress()),
        new Identity("bench", "0", "bench", "bench"),
        DiscardedLog.logger());
  }

  private static HttpServer collector() throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var collector = HttpServer.create(loopback, 0);
    collector.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    collector.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    return collector;
  }
}
