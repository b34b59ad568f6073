package io.tda.worker.bench.image;

import io.tda.worker.bench.Deliveries;
import io.tda.worker.bench.image.Training.Work;
import io.tda.worker.bench.stack.ServiceApp;
import io.tda.worker.bench.stack.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One start of a service on one processor, up to the end of its first event.
 *
 * @param firstEventMillis from the start of the program
 * @param rssBytes after the last event
 */
record StartUp(double firstEventMillis, long rssBytes) {
  private static final Path TASKSET = Path.of("/usr/bin/taskset");

  /** As the images start it; fails where the cache does not fit. */
  static List<String> cached(ServiceApp app) {
    return List.of(
        ServiceApp.jvmOptions(),
        "-XX:MaxRAM=512m",
        "-XX:AOTCache=" + app.aotCache(),
        "-XX:AOTMode=on");
  }

  /** A JVM that was told nothing but the size of its container. */
  static List<String> plain() {
    return List.of("-XX:MaxRAM=512m");
  }

  /** Starts the service, gives it this many events, one after the other, and ends it. */
  static StartUp of(
      ServiceApp app, List<String> options, Map<String, String> environment, Work work, int events)
      throws Exception {
    var first = work.next().call();
    try (var deliveries = new Deliveries()) {
      long begin = System.nanoTime();
      try (var service = ServiceProcess.start(onOneProcessor(app, options), environment, _ -> {})) {
        deliveries.post(service.address(work.path()), first);
        long end = System.nanoTime();
        for (int i = 1; i < events; i++) {
          work.doOn(service, deliveries);
        }
        return new StartUp((end - begin) / 1e6, service.memory("VmRSS"));
      }
    }
  }

  private static List<String> onOneProcessor(ServiceApp app, List<String> options) {
    var command = new ArrayList<>(ServiceProcess.command(app, options));
    if (Files.isExecutable(TASKSET)) {
      command.addAll(0, List.of(TASKSET.toString(), "-c", "0"));
    } else {
      command.add(1, "-XX:ActiveProcessorCount=1");
    }
    return command;
  }
}
