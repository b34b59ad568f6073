package io.tda.worker.dispatcher.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.tda.worker.adapter.telemetry.Spans;
import io.tda.worker.dispatcher.StepPublisher;
import io.tda.worker.message.StepClaimed;
import org.jspecify.annotations.Nullable;

/** Puts a span around each publish, and sends it along: the executor's spans hang below it. */
public final class TracedStepPublisher implements StepPublisher {
  private static final AttributeKey<String> RUN = AttributeKey.stringKey("worker.run.id");
  private static final AttributeKey<String> STEP = AttributeKey.stringKey("worker.step.id");
  private static final AttributeKey<String> CLAIM = AttributeKey.stringKey("worker.claim.id");
  private static final AttributeKey<String> MESSAGE =
      AttributeKey.stringKey("messaging.message.id");

  private final StepPublisher next;
  private final Spans spans;

  public TracedStepPublisher(StepPublisher next, Spans spans) {
    this.next = next;
    this.spans = spans;
  }

  @Override
  public PublishResult publish(StepClaimed message, @Nullable String traceparent) {
    var claim = message.claim();
    var attributes =
        Attributes.of(
            RUN,
            claim.step().runId().value(),
            STEP,
            claim.step().stepId().value(),
            CLAIM,
            claim.id().value());
    return spans.call(
        "step_claimed publish",
        SpanKind.PRODUCER,
        attributes,
        span -> {
          var result = next.publish(message, continued(span, traceparent));
          describe(span, result);
          return result;
        });
  }

  private static @Nullable String continued(Span span, @Nullable String traceparent) {
    return span.getSpanContext().isValid() ? Spans.traceparent(span) : traceparent;
  }

  private static void describe(Span span, PublishResult result) {
    switch (result) {
      case PublishResult.Published(var messageId, _) -> span.setAttribute(MESSAGE, messageId);
      case PublishResult.NotPublished(var error) -> Spans.failed(span, error);
    }
  }
}
