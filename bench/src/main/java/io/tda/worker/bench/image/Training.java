package io.tda.worker.bench.image;

import io.tda.worker.bench.Deliveries;
import io.tda.worker.bench.Deliveries.Post;
import io.tda.worker.bench.stack.ServiceApp;
import io.tda.worker.bench.stack.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A service's AOT cache: classes loaded and linked, and methods profiled, in a run that handles
 * real events. The JVM writes it when the service ends.
 */
final class Training {
  /** One is enough for the classes; some more for what is done from the second time on. */
  private static final int EVENTS = 10;

  private static final int SHOWN_LINES = 5;

  private Training() {}

  /** How a service is given work. */
  record Work(String path, Callable<Post> next) {
    static Work of(ServiceApp app, DoubleCloud cloud) {
      return switch (app.name()) {
        case "dispatcher" -> new Work("/events/flow-run", cloud::event);
        case "executor" -> new Work("/push/step-claimed", cloud::push);
        default -> throw new IllegalArgumentException("no work for " + app.name());
      };
    }

    void doOn(ServiceProcess service, Deliveries deliveries) throws Exception {
      deliveries.post(service.address(path), next.call());
    }
  }

  /**
   * Trains, and leaves the cache beside the service's jar; an older one is replaced.
   *
   * @throws IllegalStateException where the JVM left none
   */
  static Path train(ServiceApp app, DoubleCloud cloud) throws Exception {
    Files.deleteIfExists(app.aotCache());
    var command =
        ServiceProcess.command(
            app, List.of(ServiceApp.jvmOptions(), "-XX:AOTCacheOutput=" + app.aotCache()));
    var work = Work.of(app, cloud);
    var output = new ArrayDeque<String>();
    try (var deliveries = new Deliveries();
        var service = ServiceProcess.start(command, cloud.environment(), output::add)) {
      for (int i = 0; i < EVENTS; i++) {
        work.doOn(service, deliveries);
      }
    }
    requireCache(app.aotCache(), output);
    return app.aotCache();
  }

  private static void requireCache(Path cache, Collection<String> output) throws IOException {
    if (!Files.isRegularFile(cache) || Files.size(cache) == 0) {
      throw new IllegalStateException(
          "the JVM left no AOT cache at " + cache + "; it said last: " + last(output));
    }
  }

  private static List<String> last(Collection<String> output) {
    return output.stream().skip(Math.max(0, output.size() - SHOWN_LINES)).toList();
  }
}
