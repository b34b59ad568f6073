package io.tda.worker.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Stands in for Cloud Scheduler: the sweep each minute, the reconciliation each hour. */
final class Schedule implements AutoCloseable {
  private static final Duration SWEEP = Duration.ofMinutes(1);
  private static final Duration RECONCILE = Duration.ofHours(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("schedule").factory());

  private Schedule() {}

  static Schedule start(URI dispatcher) {
    var schedule = new Schedule();
    schedule.every(SWEEP, dispatcher.resolve("/sweep"));
    schedule.every(RECONCILE, dispatcher.resolve("/reconcile"));
    return schedule;
  }

  private void every(Duration period, URI uri) {
    var _ =
        timer.scheduleAtFixedRate(
            () -> post(uri), period.toSeconds(), period.toSeconds(), TimeUnit.SECONDS);
  }

  /** What goes wrong is in the dispatcher's log, and the next time comes. */
  private void post(URI uri) {
    var request = HttpRequest.newBuilder(uri).timeout(SWEEP).POST(BodyPublishers.noBody()).build();
    try {
      client.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      // see above
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.shutdownNow();
  }
}
