package io.tda.worker.adapter.telemetry;

import io.tda.worker.log.EventLogger;
import io.tda.worker.store.DocumentStore;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Nothing is traced or counted. */
final class NoTelemetry implements Telemetry {
  static final NoTelemetry OFF = new NoTelemetry();

  private NoTelemetry() {}

  @Override
  public EventLogger log(EventLogger next) {
    return next;
  }

  @Override
  public DocumentStore documents(DocumentStore next) {
    return next;
  }

  @Override
  public <T> T traced(T next, BiFunction<? super T, Spans, ? extends T> decorator) {
    return next;
  }

  @Override
  public <T> T carried(T next, Function<? super T, ? extends T> decorator) {
    return next;
  }

  @Override
  public void close() {}
}
