package io.tda.worker.adapter.telemetry;

import io.opentelemetry.context.Context;
import io.tda.worker.time.Cancellation;
import io.tda.worker.time.Ticker;
import java.time.Duration;

/** Has repeated actions, such as heartbeats, belong to the trace that they were started in. */
public final class TracedTicker implements Ticker {
  private final Ticker next;

  public TracedTicker(Ticker next) {
    this.next = next;
  }

  @Override
  public Cancellation.Registration every(Duration period, Runnable action) {
    return next.every(period, Context.current().wrap(action));
  }
}
