package io.tda.worker.adapter.telemetry;

import io.opentelemetry.api.trace.Span;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.LogEvent;

/** Has each line name the span it was written in, so that the trace shows it there. */
final class CorrelatingEventLogger implements EventLogger {
  private final EventLogger next;

  CorrelatingEventLogger(EventLogger next) {
    this.next = next;
  }

  @Override
  public void log(LogEvent event, LogContext context) {
    var span = Span.current();
    next.log(
        event,
        span.getSpanContext().isValid() ? context.withTrace(Spans.traceparent(span)) : context);
  }
}
