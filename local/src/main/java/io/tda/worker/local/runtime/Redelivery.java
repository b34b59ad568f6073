package io.tda.worker.local.runtime;

import java.time.Duration;

/**
 * When a message or an event that was not taken comes again.
 *
 * @param shortest before the second delivery; doubled for each further one
 * @param longest the most that is waited; Pub/Sub and Eventarc use 10 s and 600 s
 * @param maxAttempts after that many deliveries it is given up
 */
public record Redelivery(Duration shortest, Duration longest, int maxAttempts) {

  /** The wait after this many deliveries, at least 1. */
  Duration delay(int attempts) {
    var delay = shortest;
    for (int i = 1; i < attempts && delay.compareTo(longest) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(longest) < 0 ? delay : longest;
  }
}
