package io.tda.worker.executor.adapter.gcs;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.TransportOptions;
import com.google.cloud.http.HttpTransportOptions;
import java.time.Duration;

/**
 * How long one call may take, the client's own retries included.
 *
 * <p>The client starts no retry after {@code retrying}, and each try ends {@code connect + answer}
 * after its start, so their sum is the bound.
 *
 * @param answer how long the server may be silent
 * @param firstDelay the wait before the first retry, which doubles with each
 */
record GcsCallBounds(Duration retrying, Duration connect, Duration answer, Duration firstDelay) {
  private static final int MAX_TRIES = 5;

  /** 20 s: an artifact is small, so silence is a fault. */
  static final GcsCallBounds READ =
      new GcsCallBounds(
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(8),
          Duration.ofSeconds(1));

  /** 60 s: what is written has been paid for. */
  static final GcsCallBounds WRITE =
      new GcsCallBounds(
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(25),
          Duration.ofSeconds(1));

  RetrySettings retrySettings() {
    return RetrySettings.newBuilder()
        .setMaxAttempts(MAX_TRIES)
        .setTotalTimeoutDuration(retrying)
        .setInitialRetryDelayDuration(firstDelay)
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(Duration.ofSeconds(32))
        .build();
  }

  TransportOptions transportOptions() {
    return HttpTransportOptions.newBuilder()
        .setConnectTimeout(Math.toIntExact(connect.toMillis()))
        .setReadTimeout(Math.toIntExact(answer.toMillis()))
        .build();
  }
}
