package io.tda.worker.bench;

import io.tda.worker.id.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A steady load on both services for a long time: each step goes from its event through the topic
 * to its end. What must not grow is looked at before and after.
 */
final class Soak {
  private static final int WARM_UP = 60;
  private static final int MAX_UNDER_WAY = 512;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Stack stack;
  private final Map<String, CompletableFuture<Long>> underWay = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();

  Soak(Stack stack) {
    this.stack = stack;
  }

  /** Runs the load, and says what came of it. */
  SoakResult run(Duration time, double stepsPerSecond) throws Exception {
    try (var bridge = PullBridge.start(stack, this::ended)) {
      var _ = load(WARM_UP, Math.min(stepsPerSecond, 20));
      failures.set(0);
      var before = Footprint.of(stack);
      int count = (int) Math.max(3, time.toMillis() * stepsPerSecond / 1000);
      var latencies = load(count, stepsPerSecond);
      var after = Footprint.of(stack);
      return new SoakResult(
          latencies, failures.get() + bridge.failures(), stack.steps().leases(), before, after);
    }
  }

  /** Starts steps at a fixed rate, whatever becomes of those before; waits for all of them. */
  private List<Long> load(int count, double stepsPerSecond) throws InterruptedException {
    var latencies = new ArrayList<CompletableFuture<Long>>();
    var room = new Semaphore(MAX_UNDER_WAY);
    long started = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        long due = started + (long) (i * 1e9 / stepsPerSecond);
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        room.acquire();
        var latency = new CompletableFuture<Long>();
        latencies.add(latency);
        threads.execute(() -> {
          try {
            step(latency);
          } finally {
            room.release();
          }
        });
      }
    }
    return latencies.stream()
        .filter(it -> !it.isCompletedExceptionally())
        .map(it -> it.join())
        .toList();
  }

  private void step(CompletableFuture<Long> latency) {
    try {
      var ready = stack.steps().ready();
      var ended = new CompletableFuture<Long>();
      underWay.put(ready.id().value(), ended);
      long started = System.nanoTime();
      stack.event(ready);
      latency.complete(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS) - started);
      stack.steps().forget(ready.id());
    } catch (Exception e) {
      failures.incrementAndGet();
      latency.completeExceptionally(e);
    }
  }

  private void ended(RunId run) {
    var ended = underWay.remove(run.value());
    if (ended != null) {
      ended.complete(System.nanoTime());
    }
  }
}
