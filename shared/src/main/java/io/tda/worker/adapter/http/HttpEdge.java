package io.tda.worker.adapter.http;

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
  public static final Duration BODY_TIME = Duration.ofSeconds(20);
}
