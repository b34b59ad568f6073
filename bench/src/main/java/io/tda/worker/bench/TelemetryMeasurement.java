package io.tda.worker.bench;

import com.sun.net.httpserver.HttpServer;
import io.tda.worker.adapter.telemetry.Identity;
import io.tda.worker.adapter.telemetry.Telemetry;
import io.tda.worker.bench.stack.Cloud;
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
 * What traces and metrics cost a step. The services are measured with and without them, in turns,
 * so that both see the same machine; every trace is recorded and sent. On a busy machine the
 * difference of two large figures says little, so what telemetry does for a step is measured alone
 * too.
 */
final class TelemetryMeasurement implements Measurement {
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  /**
   * 5 every 10 ms are 500 steps a second at most: a full queue drops spans, which costs nothing.
   */
  private static final int TRAILS = 5;

  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MICROS_PER_MILLI = 1e3;

  @Override
  public String name() {
    return "telemetry";
  }

  @Override
  public List<Figure> take(Effort effort) throws Exception {
    var collector = collector();
    var address = "http:/" + collector.getAddress();
    try {
      var figures = new ArrayList<>(alone(effort, address));
      figures.addAll(services(effort, address));
      return figures;
    } finally {
      collector.stop(0);
    }
  }

  /** The collector is in this process, and its time is counted too. */
  private List<Figure> alone(Effort effort, String collector) throws Exception {
    var loads = new ArrayList<Load>();
    var identity = new Identity("bench", "0", "bench", "bench");
    try (var telemetry =
        Telemetry.of(Map.of(ENDPOINT, collector), identity, DiscardedLog.logger())) {
      var trail = new TelemetryTrail(telemetry);
      var _ = ClosedLoop.run(1, effort.warmUp(), () -> paced(trail));
      for (int i = 0; i < effort.windows(); i++) {
        loads.add(ClosedLoop.run(1, effort.window(), () -> paced(trail)));
      }
    }
    double micros = Median.of(loads, load -> load.cpuMillis() * MICROS_PER_MILLI / TRAILS);
    return List.of(
        new Figure(name(), "telemetry alone", "CPU a step", micros, "us", Figure.Better.LESS));
  }

  private static void paced(TelemetryTrail trail) throws InterruptedException {
    for (int i = 0; i < TRAILS; i++) {
      trail.leave();
    }
    Thread.sleep(PAUSE);
  }

  private record Turn(double offMillis, double onMillis) {}

  private List<Figure> services(Effort effort, String collector) throws Exception {
    var turns = new ArrayList<Turn>();
    try (var cloud = Cloud.start();
        var steps = CloudSteps.connect(cloud, ExampleDocuments.load());
        var off = ServicePair.start(cloud, steps, Map.of());
        var on = ServicePair.start(cloud, steps, Map.of(ENDPOINT, collector))) {
      int perTurn = effort == Effort.QUICK ? 40 : 100;
      int turnsEach = effort == Effort.QUICK ? 4 : 10;
      for (int i = 0; i < turnsEach; i++) {
        var _ = new Turn(millis(off, perTurn), millis(on, perTurn));
      }
      for (int i = 0; i < turnsEach; i++) {
        turns.add(new Turn(millis(off, perTurn), millis(on, perTurn)));
      }
    }
    var subject = "dispatcher and executor";
    double off = Median.of(turns, Turn::offMillis);
    double on = Median.of(turns, Turn::onMillis);
    return List.of(
        Figure.millis(name(), subject, "CPU a step, off", off),
        Figure.millis(name(), subject, "CPU a step, on", on),
        Figure.ratio(
            name(), subject, "on to off", Median.of(turns, it -> it.onMillis() / it.offMillis())));
  }

  /** Processor time of a step. */
  private static double millis(ServicePair services, int steps) throws Exception {
    var before = services.cpu();
    for (int i = 0; i < steps; i++) {
      services.step();
    }
    return services.cpu().minus(before).toNanos() / NANOS_PER_MILLI / steps;
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
