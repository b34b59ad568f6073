package io.tda.worker.bench;

import io.tda.worker.id.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Where a step's time goes, from log line to log line. The time is that at which a line arrives
 * here, since the lines themselves tell no more than milliseconds.
 */
final class Hops {
  private static final Pattern EVENT = Pattern.compile("\"event\":\"([a-z_]+)\"");
  private static final Pattern RUN = Pattern.compile("\"runId\":\"([^\"]+)\"");

  /** From the post to the executor's first line: HTTP, and the way to its handler. */
  static final String PUSH = "4 received (the push hop)";

  private static final String LAST = "step_completed";
  private static final String ANSWERED = "answered";

  /** The lines that end a hop, in their order, and the names of the hops. */
  private static final Map<String, String> ENDS = ends();

  private final Map<String, Run> runs = new ConcurrentHashMap<>();

  private record Run(long started, Map<String, Long> lines, CountDownLatch ended) {}

  /** From here on a run's hops are timed. */
  void begin(RunId run) {
    runs.put(
        run.value(), new Run(System.nanoTime(), new ConcurrentHashMap<>(), new CountDownLatch(1)));
  }

  /** Takes a line of either service. */
  void line(String line) {
    long now = System.nanoTime();
    var run = RUN.matcher(line);
    var event = EVENT.matcher(line);
    if (!run.find() || !event.find()) {
      return;
    }
    var known = runs.get(run.group(1));
    if (known != null && ENDS.containsKey(event.group(1))) {
      known.lines.putIfAbsent(event.group(1), now);
      if (event.group(1).equals(LAST)) {
        known.ended.countDown();
      }
    }
  }

  /** The one who brought the step has been answered; to be told where the answer is waited for. */
  void answered(RunId run) {
    var known = runs.get(run.value());
    if (known != null) {
      known.lines.put(ANSWERED, System.nanoTime());
    }
  }

  /** Waits for a run's last line. */
  void await(RunId run) throws InterruptedException {
    var known = runs.get(run.value());
    if (known == null || !known.ended.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the step of " + run + " did not end");
    }
  }

  /** The median of a hop, in milliseconds. */
  double median(String hop) {
    var stopwatch = hops().get(hop);
    if (stopwatch == null) {
      throw new IllegalStateException("no step went by " + hop);
    }
    return stopwatch.distribution().millis(0.5);
  }

  /** One subject a hop. */
  List<Figure> figures(String section) {
    var figures = new ArrayList<Figure>();
    hops()
        .forEach((hop, stopwatch) -> {
          var latencies = stopwatch.distribution();
          figures.add(Figure.millis(section, hop, "p50", latencies.millis(0.5)));
          figures.add(Figure.millis(section, hop, "p99", latencies.millis(0.99)));
        });
    return figures;
  }

  private Map<String, Stopwatch> hops() {
    var hops = new LinkedHashMap<String, Stopwatch>();
    for (var run : runs.values()) {
      long before = run.started;
      for (var end : ENDS.entrySet()) {
        var at = run.lines.get(end.getKey());
        if (at != null) {
          hops.computeIfAbsent(end.getValue(), _ -> new Stopwatch()).add(at - before);
          before = at;
        }
      }
    }
    return hops;
  }

  private static Map<String, String> ends() {
    var ends = new LinkedHashMap<String, String>();
    ends.put("cloud_event_received", "1 event at the dispatcher");
    ends.put("claim_attempt", "2 claimed");
    ends.put("step_claimed_published", "3 published");
    ends.put("step_claimed_received", PUSH);
    ends.put("lease_acquired", "5 acquired");
    ends.put("llm_request_started", "6 context");
    ends.put("llm_request_finished", "7 model");
    ends.put("gcs_write_finished", "8 object");
    ends.put(LAST, "9 finalized");
    ends.put(ANSWERED, "10 answered");
    return ends;
  }
}
