package io.tda.worker.bench;

import io.tda.worker.bench.stack.Cloud;
import io.tda.worker.bench.stack.ServiceApp;
import io.tda.worker.bench.stack.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** From the start of the program to its health check, and to the end of its first piece of work. */
final class ColdStartMeasurement implements Measurement {
  private static final Path TASKSET = Path.of("/usr/bin/taskset");

  @Override
  public String name() {
    return "cold-start";
  }

  @Override
  public List<Figure> take(Effort effort) throws Exception {
    var figures = new ArrayList<Figure>();
    var example = ExampleDocuments.load();
    try (var cloud = Cloud.start();
        var steps = CloudSteps.connect(cloud, example);
        var deliveries = new Deliveries()) {
      var event =
          new Work("/events/flow-run", () -> CloudSteps.event(steps.ready()), deliveries, cloud);
      var push =
          new Work("/push/step-claimed", () -> CloudSteps.push(steps.claimed()), deliveries, cloud);
      figures.addAll(of(ServiceApp.dispatcher(), event, effort));
      figures.addAll(of(ServiceApp.executor(), push, effort));
    }
    return figures;
  }

  /** What a service is given to do first, and where. */
  private record Work(
      String path, Callable<Deliveries.Post> next, Deliveries deliveries, Cloud cloud) {
    void doOn(ServiceProcess service) throws Exception {
      deliveries.post(service.address(path), next.call());
    }
  }

  private List<Figure> of(ServiceApp app, Work work, Effort effort) throws Exception {
    var cache = AotCache.of(app, work.cloud.environment(), work::doOn);
    var figures = new ArrayList<Figure>();
    try {
      for (int processors : List.of(1, 2)) {
        figures.addAll(of(app, work, effort, processors, "plain", List.of()));
        figures.addAll(of(app, work, effort, processors, "C1", Stack.FLAGS));
        figures.addAll(of(app, work, effort, processors, "C1 and AOT cache", cache.options()));
      }
    } finally {
      cache.close();
    }
    return figures;
  }

  private List<Figure> of(
      ServiceApp app, Work work, Effort effort, int processors, String how, List<String> options)
      throws Exception {
    var started = new Stopwatch();
    var first = new Stopwatch();
    long rss = 0;
    for (int i = 0; i < (effort == Effort.QUICK ? 3 : 7); i++) {
      // Made before the clock starts.
      var post = work.next.call();
      var command = pinned(processors, ServiceProcess.command(app, options));
      long begin = System.nanoTime();
      try (var service = ServiceProcess.start(command, work.cloud.environment(), _ -> {})) {
        requireHealthy(service.address("/health/ready"));
        started.add(System.nanoTime() - begin);
        work.deliveries.post(service.address(work.path), post);
        first.add(System.nanoTime() - begin);
        rss = service.memory("VmRSS");
      }
    }
    var subject = app.name() + ", " + processors + " CPU, " + how;
    return List.of(
        Figure.millis(name(), subject, "to health", started.distribution().millis(0.5)),
        Figure.millis(
            name(), subject, "to the first event's end", first.distribution().millis(0.5)),
        Figure.mebibytes(name(), subject, "RSS", rss));
  }

  private static List<String> pinned(int processors, List<String> command) {
    if (!Files.isExecutable(TASKSET)) {
      var counted = new ArrayList<>(command);
      counted.add(1, "-XX:ActiveProcessorCount=" + processors);
      return counted;
    }
    var pinned = new ArrayList<String>();
    pinned.add(TASKSET.toString());
    pinned.add("-c");
    pinned.add(processors == 1 ? "0" : "0-" + (processors - 1));
    pinned.addAll(command);
    return pinned;
  }

  private static void requireHealthy(URI health) throws IOException {
    try (var stream = health.toURL().openStream()) {
      var _ = stream.readAllBytes();
    }
  }
}
