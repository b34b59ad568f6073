package io.tda.worker.chaos;

import io.tda.worker.e2e.PushMessage;
import io.tda.worker.e2e.RunBuilder;
import io.tda.worker.e2e.ServiceApp;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Delivers events and claims until they are acknowledged, as Eventarc and Pub/Sub do in production:
 * with backoff, to whoever is there, and over again where a connection broke. The emulator's own
 * pushes come again after a second, two at a time; no production does that.
 */
final class Deliveries implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int DONE = 204;
  private static final int UNAVAILABLE = 503;

  private final Fleet fleet;
  private final Backoff backoff;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<PushMessage> seen = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Deliveries(Fleet fleet, Backoff backoff) {
    this.fleet = fleet;
    this.backoff = backoff;
    submit(this::fetch);
  }

  /** Tells a dispatcher that a run has changed. */
  void announce(RunBuilder run) {
    var event = fleet.stack().changed(run);
    submit(
        () -> untilDone(attempt -> post(ServiceApp.DISPATCHER, run.id(), to -> event.postTo(to))));
  }

  /** Whether the claim of a run's step is on the topic. */
  boolean isPublished(RunBuilder run) {
    return seen.stream().anyMatch(claim -> claim.runId().equals(run.id()));
  }

  /** Delivers what is there about a run once more, as Pub/Sub does past the ack deadline. */
  void again(RunBuilder run) {
    seen.stream().filter(claim -> claim.runId().equals(run.id())).toList().forEach(this::deliver);
  }

  @Override
  public void close() {
    closed.countDown();
    threads.shutdownNow();
  }

  private void fetch() throws InterruptedException {
    do {
      var claims = claims();
      seen.addAll(claims);
      claims.forEach(this::deliver);
    } while (!closed.await(POLL.toMillis(), TimeUnit.MILLISECONDS));
  }

  private List<PushMessage> claims() {
    try {
      return fleet.stack().claims();
    } catch (UncheckedIOException | IllegalStateException e) {
      return List.of(); // what was not fetched stays on the topic
    }
  }

  private void deliver(PushMessage claim) {
    submit(() ->
        untilDone(attempt ->
            post(
                ServiceApp.EXECUTOR,
                claim.runId(),
                to -> claim.pushTo(to, "/push/step-claimed", attempt))));
  }

  private void untilDone(Attempt delivery) throws InterruptedException {
    int attempt = 1;
    while (delivery.status(attempt) != DONE) {
      if (closed.await(backoff.after(attempt).toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      attempt++;
    }
  }

  private int post(ServiceApp app, String runId, Post post) {
    var target = fleet.next(app, runId);
    try {
      return target.isEmpty() ? UNAVAILABLE : post.to(target.get());
    } catch (UncheckedIOException e) {
      return UNAVAILABLE; // as Cloud Run answers for an instance that died
    }
  }

  private void submit(Work work) {
    try {
      threads.execute(() -> run(work));
    } catch (RejectedExecutionException e) {
      // Closed meanwhile.
    }
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws InterruptedException;
  }

  @FunctionalInterface
  private interface Attempt {
    int status(int attempt);
  }

  @FunctionalInterface
  private interface Post {
    int to(URI target);
  }
}
