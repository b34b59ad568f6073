package io.tda.worker.local.runtime;

import io.tda.worker.executor.DeadLetterHandler;
import io.tda.worker.executor.DeadLetterOutcome;
import io.tda.worker.executor.Delivery;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.time.Cancellation;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The last stop of the queue, in memory: each letter comes again until it is settled. */
final class DeadLetters {
  private final DeadLetterHandler handler;
  private final Redelivery redelivery;
  private final Executor workers;
  private final ScheduledExecutorService timer;
  private final Cancellation shutdown;

  DeadLetters(
      DeadLetterHandler handler,
      Redelivery redelivery,
      Executor workers,
      ScheduledExecutorService timer,
      Cancellation shutdown) {
    this.handler = handler;
    this.redelivery = redelivery;
    this.workers = workers;
    this.timer = timer;
    this.shutdown = shutdown;
  }

  /** Takes a message that used up its deliveries. */
  void add(StepClaimed message, Delivery lastDelivery) {
    submit(message, new Delivery(lastDelivery.messageId(), 1, lastDelivery.traceparent()));
  }

  private void submit(StepClaimed message, Delivery delivery) {
    try {
      workers.execute(() -> deliver(message, delivery));
    } catch (RejectedExecutionException e) {
      // The runtime is closing; what is not delivered is gone with it.
    }
  }

  private void deliver(StepClaimed message, Delivery delivery) {
    switch (handler.handle(message, delivery, shutdown)) {
      case DeadLetterOutcome.Settled _ -> {
        // Done with.
      }
      case DeadLetterOutcome.InProgress _, DeadLetterOutcome.Retry _ -> later(message, delivery);
    }
  }

  private void later(StepClaimed message, Delivery delivery) {
    var next = new Delivery(delivery.messageId(), delivery.attempt() + 1, delivery.traceparent());
    try {
      var _ =
          timer.schedule(
              () -> submit(message, next),
              redelivery.delay(delivery.attempt()).toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // As above.
    }
  }
}
