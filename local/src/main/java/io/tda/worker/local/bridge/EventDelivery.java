package io.tda.worker.local.bridge;

import io.tda.worker.time.Backoff;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Delivers events at least once: in parallel, each again with growing pauses until it is answered
 * with 2xx. The dispatchers of a list take turns, as instances of a service do.
 */
final class EventDelivery implements AutoCloseable {
  /** Eventarc drops an event after a day. */
  private static final Duration RETENTION = Duration.ofDays(1);

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final FaultPlan plan;
  private final Backoff backoff;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final AtomicLong events = new AtomicLong();
  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicInteger pending = new AtomicInteger();
  private volatile List<URI> targets = List.of();

  EventDelivery(FaultPlan plan, Backoff backoff) {
    this.plan = plan;
    this.backoff = backoff;
  }

  /** Says where events go from now on, those that wait included. */
  void to(List<URI> dispatchers) {
    targets = List.copyOf(dispatchers);
    connected.complete(null);
  }

  /** Returns at once. */
  void accept(DocumentChange change) {
    for (var delay : plan.deliveries(events.getAndIncrement())) {
      pending.incrementAndGet();
      threads.execute(() -> deliver(change, delay));
    }
  }

  /** How many deliveries are under way or wait for their next attempt. */
  int pending() {
    return pending.get();
  }

  private void deliver(DocumentChange change, Duration delay) {
    var end = System.nanoTime() + RETENTION.toNanos();
    try {
      connected.join();
      Thread.sleep(delay);
      for (int failures = 1; !post(change) && System.nanoTime() - end < 0; failures++) {
        Thread.sleep(backoff.delay(failures, new SplittableRandom()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } finally {
      pending.decrementAndGet();
    }
  }

  private boolean post(DocumentChange change) throws InterruptedException {
    var now = targets;
    var request =
        HttpRequest.newBuilder(now.get(Math.floorMod(turns.getAndIncrement(), now.size())))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofByteArray(change.data().toByteArray()));
    change.headers().forEach(request::header);
    request.header("traceparent", traceparent());
    try {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode() / 100 == 2;
    } catch (IOException e) {
      return false;
    }
  }

  /** In production, Cloud Run's front end gives one to each request. */
  private static String traceparent() {
    var bytes = new byte[24];
    ThreadLocalRandom.current().nextBytes(bytes);
    var hex = HexFormat.of().formatHex(bytes);
    return "00-" + hex.substring(0, 32) + "-" + hex.substring(32) + "-01";
  }

  /** Gives up what has not been delivered. */
  @Override
  public void close() {
    threads.shutdownNow();
    connected.complete(null);
    client.shutdownNow();
    threads.close();
  }
}
