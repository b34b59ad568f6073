package io.tda.worker.local.runtime;

import io.tda.worker.dispatcher.StepPublisher;
import io.tda.worker.executor.Delivery;
import io.tda.worker.message.StepClaimed;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A topic with one push subscription, in memory: at least once, one message of an ordering key at a
 * time and in order, redelivery with backoff, and a last stop for what is never taken.
 */
final class InMemoryTopic implements StepPublisher {
  private final Subscriber subscriber;
  private final Redelivery redelivery;
  private final Executor workers;
  private final ScheduledExecutorService timer;
  private final Map<String, Queue<Message>> waiting = new HashMap<>();
  private long published;

  /** Who takes the messages. */
  interface Subscriber {

    /** Takes a message, or leaves it for another delivery. */
    Answer deliver(StepClaimed message, Delivery delivery);

    /** Is told of a message that was never taken. */
    void deadLetter(StepClaimed message, Delivery lastDelivery);
  }

  /** What a subscriber says of a delivery. */
  enum Answer {
    /** The message is done with. */
    ACK,
    /** It has to come again. */
    NACK
  }

  private record Message(
      String id, String orderingKey, StepClaimed content, @Nullable String traceparent) {}

  InMemoryTopic(
      Subscriber subscriber,
      Redelivery redelivery,
      Executor workers,
      ScheduledExecutorService timer) {
    this.subscriber = subscriber;
    this.redelivery = redelivery;
    this.workers = workers;
    this.timer = timer;
  }

  @Override
  public PublishResult publish(StepClaimed content, @Nullable String traceparent) {
    var key = content.claim().step().toString();
    Message message;
    boolean first;
    synchronized (this) {
      message = new Message("local-" + ++published, key, content, traceparent);
      var queue = waiting.computeIfAbsent(key, _ -> new ArrayDeque<>());
      queue.add(message);
      first = queue.size() == 1;
    }
    if (first) {
      submit(message, 1);
    }
    return new PublishResult.Published(message.id(), key);
  }

  private void submit(Message message, int attempt) {
    try {
      workers.execute(() -> deliver(message, attempt));
    } catch (RejectedExecutionException e) {
      // The runtime is closing; what is not delivered is gone with it.
    }
  }

  private void deliver(Message message, int attempt) {
    var delivery = new Delivery(message.id(), attempt, message.traceparent());
    switch (subscriber.deliver(message.content(), delivery)) {
      case ACK -> next(message);
      case NACK -> {
        if (attempt >= redelivery.maxAttempts()) {
          subscriber.deadLetter(message.content(), delivery);
          next(message);
        } else {
          later(message, attempt);
        }
      }
    }
  }

  private void later(Message message, int attempt) {
    try {
      var _ =
          timer.schedule(
              () -> submit(message, attempt + 1),
              redelivery.delay(attempt).toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // As above.
    }
  }

  /** Only now may the next message of the key be delivered. */
  private void next(Message done) {
    Message next;
    synchronized (this) {
      var queue = waiting.get(done.orderingKey());
      if (queue == null) {
        throw new IllegalStateException("delivered from no queue");
      }
      queue.remove();
      next = queue.peek();
      if (next == null) {
        waiting.remove(done.orderingKey());
      }
    }
    if (next != null) {
      submit(next, 1);
    }
  }
}
