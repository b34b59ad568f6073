package io.tda.worker.executor.adapter.telemetry;

import io.opentelemetry.context.Context;
import io.tda.worker.executor.Forks;
import java.util.function.Supplier;

/** Has work on other threads belong to the span that it was started in. */
public final class TracedForks implements Forks {
  private final Forks next;

  public TracedForks(Forks next) {
    this.next = next;
  }

  @Override
  public <T> Supplier<T> fork(Supplier<T> work) {
    return next.fork(Context.current().wrapSupplier(work));
  }
}
