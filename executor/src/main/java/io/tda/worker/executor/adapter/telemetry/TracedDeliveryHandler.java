package io.tda.worker.executor.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.tda.worker.adapter.telemetry.Spans;
import io.tda.worker.executor.Delivery;
import io.tda.worker.executor.DeliveryHandler;
import io.tda.worker.executor.DeliveryOutcome;
import io.tda.worker.flow.StepOutcome;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.time.Cancellation;

/** Continues the trace that the message brings along, with a span for the whole delivery. */
public final class TracedDeliveryHandler implements DeliveryHandler {
  private static final AttributeKey<String> RUN = AttributeKey.stringKey("worker.run.id");
  private static final AttributeKey<String> STEP = AttributeKey.stringKey("worker.step.id");
  private static final AttributeKey<String> CLAIM = AttributeKey.stringKey("worker.claim.id");
  private static final AttributeKey<String> MESSAGE =
      AttributeKey.stringKey("messaging.message.id");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("worker.delivery.attempt");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("worker.outcome");

  private final DeliveryHandler next;
  private final Spans spans;

  public TracedDeliveryHandler(DeliveryHandler next, Spans spans) {
    this.next = next;
    this.spans = spans;
  }

  @Override
  public DeliveryOutcome execute(StepClaimed message, Delivery delivery, Cancellation shutdown) {
    var claim = message.claim();
    var attributes =
        Attributes.builder()
            .put(RUN, claim.step().runId().value())
            .put(STEP, claim.step().stepId().value())
            .put(CLAIM, claim.id().value())
            .put(MESSAGE, delivery.messageId())
            .put(ATTEMPT, (long) delivery.attempt())
            .build();
    return spans.entry(
        "step_claimed process",
        attributes,
        delivery.traceparent(),
        span -> {
          var traced =
              new Delivery(delivery.messageId(), delivery.attempt(), Spans.traceparent(span));
          var outcome = next.execute(message, traced, shutdown);
          describe(span, outcome);
          return outcome;
        });
  }

  private static void describe(Span span, DeliveryOutcome outcome) {
    switch (outcome) {
      case DeliveryOutcome.Finished(_, var end) -> {
        switch (end) {
          case StepOutcome.Succeeded _ -> span.setAttribute(OUTCOME, "succeeded");
          case StepOutcome.Failed(var error, _) -> {
            span.setAttribute(OUTCOME, "failed");
            Spans.failed(span, error);
          }
        }
      }
      case DeliveryOutcome.Stale() -> span.setAttribute(OUTCOME, "stale");
      case DeliveryOutcome.Cancelled() -> span.setAttribute(OUTCOME, "cancelled");
      case DeliveryOutcome.InProgress() -> span.setAttribute(OUTCOME, "in_progress");
      case DeliveryOutcome.Retry(var error) -> {
        span.setAttribute(OUTCOME, "retry");
        Spans.failed(span, error);
      }
    }
  }
}
