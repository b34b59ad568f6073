package io.tda.worker.adapter.http;

import io.tda.worker.config.HttpConfig;
import io.tda.worker.log.EventLogger;
import java.time.Duration;

/**
 * What every POST has to pass before its handler sees it.
 *
 * @param maxBodyBytes a longer body is answered 413
 * @param maxBodyTime a body that takes longer is answered 408
 */
public record HttpEdge(
    int maxBodyBytes,
    Duration maxBodyTime,
    CallerCheck callers,
    Draining draining,
    EventLogger log) {
  /** Callers are Google's front ends on the same network: a slow one is broken. */
  private static final Duration BODY_TIME = Duration.ofSeconds(20);

  /** The edge that the settings ask for. */
  public static HttpEdge of(HttpConfig config, Draining draining, EventLogger log) {
    return new HttpEdge(
        config.maxRequestBytes(), BODY_TIME, CallerCheck.of(config.pushAuth()), draining, log);
  }
}
