package io.tda.worker.emulator.pubsub;

import java.net.URI;
import java.time.Duration;

/**
 * A push subscription as the emulator can have it.
 *
 * @param name its id, three characters at least
 * @param topic whose messages it pushes
 * @param endpoint where they go
 * @param ackDeadline 10 to 600 s; a handler that takes longer gets the message a second time
 */
public record PushSubscription(
    String name, String topic, URI endpoint, Duration ackDeadline, Delivery delivery) {
  private static final Duration USUAL_DEADLINE = Duration.ofMinutes(10);

  /**
   * Production has ordering, retries with backoff and dead letters on one subscription. In the
   * emulator (0.8.20) ordering together with dead letters kills the push loop, and a retry policy
   * stalls it when two messages fail at once. So there is one or the other, and failed pushes come
   * again after a second.
   */
  public sealed interface Delivery {

    /** One message of an ordering key at a time, again and again until it is acknowledged. */
    record Ordered() implements Delivery {}

    /**
     * In any order; after so many attempts the message goes to another topic.
     *
     * @param topic where it goes
     * @param maxAttempts 5 to 100
     */
    record DeadLettered(String topic, int maxAttempts) implements Delivery {}

    /** In any order, again and again. */
    record Plain() implements Delivery {}
  }

  /** A subscription with the longest deadline there is. */
  public PushSubscription(String name, String topic, URI endpoint, Delivery delivery) {
    this(name, topic, endpoint, USUAL_DEADLINE, delivery);
  }
}
