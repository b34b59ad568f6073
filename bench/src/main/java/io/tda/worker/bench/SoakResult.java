package io.tda.worker.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What a soak showed.
 *
 * @param latencies of the steps that ended, in the order of their start
 * @param failures steps that did not end, deliveries that were not taken
 * @param leases left over
 */
record SoakResult(
    List<Long> latencies, int failures, int leases, Footprint before, Footprint after) {
  private static final String SECTION = "soak";
  private static final double HEAP_GROWTH = 1.25;
  private static final long HEAP_SLACK = 12L << 20;
  private static final long THREAD_SLACK = 12;

  /** Twice: neighbours on the machine come and go. */
  private static final double LATENCY_GROWTH = 2;

  private static final double LATENCY_SLACK_MILLIS = 20;

  SoakResult {
    latencies = List.copyOf(latencies);
  }

  /** What grew and must not; empty where all is well. */
  List<String> complaints() {
    var complaints = new ArrayList<String>();
    if (failures > 0) {
      complaints.add(failures + " steps or deliveries failed");
    }
    if (leases > 0) {
      complaints.add(leases + " leases are left over");
    }
    heap(complaints, "dispatcher", before.dispatcherHeap(), after.dispatcherHeap());
    heap(complaints, "executor", before.executorHeap(), after.executorHeap());
    threads(complaints, "dispatcher", before.dispatcherThreads(), after.dispatcherThreads());
    threads(complaints, "executor", before.executorThreads(), after.executorThreads());
    double first = third(0).millis(0.5);
    double last = third(2).millis(0.5);
    if (last > LATENCY_GROWTH * first + LATENCY_SLACK_MILLIS) {
      complaints.add("the median latency grew from " + first + " to " + last + " ms");
    }
    return complaints;
  }

  /** The figures, for the report. */
  List<Figure> figures() {
    return List.of(
        new Figure(SECTION, "load", "steps", latencies.size(), "", Figure.Better.NEITHER),
        Figure.count(SECTION, "load", "failures", failures),
        Figure.count(SECTION, "load", "leases left", leases),
        Figure.millis(SECTION, "latency", "p50, first third", third(0).millis(0.5)),
        Figure.millis(SECTION, "latency", "p50, last third", third(2).millis(0.5)),
        Figure.millis(SECTION, "latency", "p99, first third", third(0).millis(0.99)),
        Figure.millis(SECTION, "latency", "p99, last third", third(2).millis(0.99)),
        Figure.mebibytes(SECTION, "dispatcher", "heap before", before.dispatcherHeap()),
        Figure.mebibytes(SECTION, "dispatcher", "heap after", after.dispatcherHeap()),
        Figure.count(SECTION, "dispatcher", "threads before", (double) before.dispatcherThreads()),
        Figure.count(SECTION, "dispatcher", "threads after", (double) after.dispatcherThreads()),
        Figure.mebibytes(SECTION, "executor", "heap before", before.executorHeap()),
        Figure.mebibytes(SECTION, "executor", "heap after", after.executorHeap()),
        Figure.count(SECTION, "executor", "threads before", (double) before.executorThreads()),
        Figure.count(SECTION, "executor", "threads after", (double) after.executorThreads()));
  }

  private Distribution third(int which) {
    int size = latencies.size();
    return Distribution.of(
        latencies.subList(which * size / 3, (which + 1) * size / 3).stream()
            .mapToLong(Long::longValue)
            .toArray());
  }

  private static void heap(List<String> complaints, String service, long before, long after) {
    if (after > HEAP_GROWTH * before + HEAP_SLACK) {
      complaints.add("the " + service + "'s heap grew from " + before + " to " + after + " bytes");
    }
  }

  private static void threads(List<String> complaints, String service, long before, long after) {
    if (after > before + THREAD_SLACK) {
      complaints.add("the " + service + "'s threads grew from " + before + " to " + after);
    }
  }
}
