package io.tda.worker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.bench.stack.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Asks a service's JVM about itself, with the JDK's own tool. */
final class Diagnostics {
  private static final Pattern USED = Pattern.compile("total .*used (\\d+)K");

  private Diagnostics() {}

  /** Bytes in use in the heap. */
  static long heapUsed(ServiceProcess service) {
    return heapUsed(ask(service, "GC.heap_info"));
  }

  /**
   * The same, as {@code jcmd} tells it: a line for each generation.
   *
   * @throws IllegalStateException for an answer that tells nothing of the heap; a 0 would look flat
   */
  static long heapUsed(String answer) {
    var generations = answer.lines().flatMap(line -> USED.matcher(line).results()).toList();
    if (generations.isEmpty()) {
      throw new IllegalStateException("jcmd does not tell of the heap: " + answer.strip());
    }
    return generations.stream().mapToLong(used -> Long.parseLong(used.group(1)) * 1024).sum();
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
