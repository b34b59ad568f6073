package io.tda.worker.dispatcher.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.tda.worker.adapter.telemetry.Spans;
import io.tda.worker.dispatcher.CloudEventParser.Result;
import io.tda.worker.dispatcher.EventHandler;
import io.tda.worker.dispatcher.EventOutcome;
import io.tda.worker.dispatcher.FlowRunEvent;

/** Continues the trace of the request, or begins one, with a span for the whole event. */
public final class TracedEventHandler implements EventHandler {
  private static final AttributeKey<String> EVENT = AttributeKey.stringKey("cloudevents.event_id");
  private static final AttributeKey<String> RUN = AttributeKey.stringKey("worker.run.id");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("worker.outcome");

  private final EventHandler next;
  private final Spans spans;

  public TracedEventHandler(EventHandler next, Spans spans) {
    this.next = next;
    this.spans = spans;
  }

  @Override
  public EventOutcome handle(Result.Changed changed) {
    var event = changed.event();
    return spans.entry(
        "flow_run event",
        Attributes.of(EVENT, event.id(), RUN, event.runId().value()),
        event.traceparent(),
        span -> {
          var traced =
              new FlowRunEvent(
                  event.id(), event.runId(), event.snapshot(), Spans.traceparent(span));
          var outcome = next.handle(new Result.Changed(traced, changed.type(), changed.subject()));
          describe(span, outcome);
          return outcome;
        });
  }

  /** An event about nothing of ours is worth no span. */
  @Override
  public EventOutcome handle(Result.Ignored event) {
    return next.handle(event);
  }

  private static void describe(Span span, EventOutcome outcome) {
    switch (outcome) {
      case EventOutcome.Dispatched _ -> span.setAttribute(OUTCOME, "dispatched");
      case EventOutcome.StepFailed(_, var error) -> {
        span.setAttribute(OUTCOME, "step_failed");
        Spans.failed(span, error);
      }
      case EventOutcome.Noop _ -> span.setAttribute(OUTCOME, "noop");
      case EventOutcome.Ignored _ -> span.setAttribute(OUTCOME, "ignored");
      case EventOutcome.Redeliver(var error) -> {
        span.setAttribute(OUTCOME, "redeliver");
        Spans.failed(span, error);
      }
    }
  }
}
