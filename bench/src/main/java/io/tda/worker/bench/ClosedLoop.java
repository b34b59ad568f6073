package io.tda.worker.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Keeps a fixed number of executions under way: as one ends, the next one starts. */
final class ClosedLoop {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ClosedLoop() {}

  /** One execution; returns when it has ended. */
  @FunctionalInterface
  interface Execution {
    void run() throws Exception;
  }

  /**
   * Runs for a while, at least one execution in each lane. What is under way when the time is over
   * is waited for and counted.
   */
  static Load run(int inFlight, Duration time, Execution execution) throws Exception {
    long cpu = PROCESS.getProcessCpuTime();
    long started = System.nanoTime();
    long end = started + time.toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var lanes =
          IntStream.range(0, inFlight)
              .mapToObj(_ -> threads.submit((Callable<long[]>) () -> lane(end, execution)))
              .toList();
      var latencies = new long[0];
      for (Future<long[]> lane : lanes) {
        latencies = joined(latencies, lane.get());
      }
      return new Load(
          Distribution.of(latencies),
          Duration.ofNanos(System.nanoTime() - started),
          Duration.ofNanos(PROCESS.getProcessCpuTime() - cpu));
    }
  }

  private static long[] lane(long end, Execution execution) throws Exception {
    var latencies = new long[1024];
    int count = 0;
    long now = System.nanoTime();
    do {
      execution.run();
      long ended = System.nanoTime();
      if (count == latencies.length) {
        latencies = Arrays.copyOf(latencies, 2 * count);
      }
      latencies[count++] = ended - now;
      now = ended;
    } while (now < end);
    return Arrays.copyOf(latencies, count);
  }

  private static long[] joined(long[] one, long[] other) {
    var both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
