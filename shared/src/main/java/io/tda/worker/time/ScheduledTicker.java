package io.tda.worker.time;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A ticker on a thread pool. An action that throws is not repeated. */
public final class ScheduledTicker implements Ticker {
  private final ScheduledExecutorService pool;

  /**
   * @param pool runs the actions; the caller shuts it down
   */
  public ScheduledTicker(ScheduledExecutorService pool) {
    this.pool = pool;
  }

  @Override
  public Cancellation.Registration every(Duration period, Runnable action) {
    var repetition =
        pool.scheduleWithFixedDelay(
            action, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    return () -> repetition.cancel(false);
  }
}
