package io.tda.worker.local.runtime;

import io.tda.worker.adapter.memory.Change;
import io.tda.worker.dispatcher.CloudEventParser;
import io.tda.worker.dispatcher.EventHandler;
import io.tda.worker.dispatcher.EventOutcome;
import io.tda.worker.dispatcher.FlowRunEvent;
import io.tda.worker.id.RunId;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands in for Eventarc: turns changes of run documents into events, at least once, with
 * redelivery.
 */
final class EventSource {
  private static final String TYPE = "google.cloud.firestore.document.v1.written";

  private final String collection;
  private final EventHandler handler;
  private final Redelivery redelivery;
  private final Executor workers;
  private final ScheduledExecutorService timer;
  private final AtomicLong events = new AtomicLong();

  EventSource(
      String collection,
      EventHandler handler,
      Redelivery redelivery,
      Executor workers,
      ScheduledExecutorService timer) {
    this.collection = collection;
    this.handler = handler;
    this.redelivery = redelivery;
    this.workers = workers;
    this.timer = timer;
  }

  /** Raises an event for a change, if it is one of a run. */
  void changed(Change change) {
    if (!change.ref().collection().equals(collection)) {
      return;
    }
    var snapshot = change.after().orElse(null);
    var runId = RunId.parse(change.ref().id()).orElse(null);
    if (snapshot == null || runId == null) {
      return;
    }
    var event = new FlowRunEvent("local-event-" + events.incrementAndGet(), runId, snapshot, null);
    var subject = "documents/" + change.ref();
    submit(new CloudEventParser.Result.Changed(event, TYPE, subject), 1);
  }

  private void submit(CloudEventParser.Result.Changed event, int attempt) {
    try {
      workers.execute(() -> deliver(event, attempt));
    } catch (RejectedExecutionException e) {
      // The runtime is closing; what is not delivered is gone with it.
    }
  }

  private void deliver(CloudEventParser.Result.Changed event, int attempt) {
    if (handler.handle(event) instanceof EventOutcome.Redeliver
        && attempt < redelivery.maxAttempts()) {
      var _ =
          timer.schedule(
              () -> submit(event, attempt + 1),
              redelivery.delay(attempt).toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }
}
