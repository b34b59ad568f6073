package io.tda.worker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.bench.stack.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Asks a service's JVM about itself, with the JDK's own tool. */
final class Diagnostics {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private Diagnostics() {}

  /** Bytes in use in the heap; 0 where it cannot be asked. */
  static long heapUsed(ServiceProcess service) {
    // The first two lines are the generations; after them comes the metaspace.
    return ask(service, "GC.heap_info")
        .lines()
        .filter(line -> line.contains("generation"))
        .flatMap(line -> USED.matcher(line).results())
        .mapToLong(used -> Long.parseLong(used.group(1)) * 1024)
        .sum();
  }

  /** Collects all garbage. */
  static void collect(ServiceProcess service) {
    var _ = ask(service, "GC.run");
  }

  private static String ask(ServiceProcess service, String command) {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      var process =
          new ProcessBuilder(jcmd, String.valueOf(service.pid()), command)
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
