package io.tda.worker.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.log.TraceParent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts spans around work. What fails is marked by a code or a class name: messages of exceptions,
 * which may quote what was worked on, never get into a span.
 */
public final class Spans {
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  private final Tracer tracer;

  Spans(Tracer tracer) {
    this.tracer = tracer;
  }

  /**
   * Work that a request or a message asks for: continues its trace, or begins one.
   *
   * @param traceparent of the request or message; null where it has none
   * @param work is given the span
   */
  public <T> T entry(
      String name, Attributes attributes, @Nullable String traceparent, Function<Span, T> work) {
    return within(name, SpanKind.CONSUMER, attributes, parent(traceparent), work);
  }

  /** A call to another system, as part of the current trace. Without one it is made as it is. */
  public <T> T call(String name, SpanKind kind, Attributes attributes, Function<Span, T> work) {
    var current = Context.current();
    return Span.fromContext(current).getSpanContext().isValid()
        ? within(name, kind, attributes, current, work)
        : work.apply(Span.getInvalid());
  }

  /** Marks the work of a span as failed. */
  public static void failed(Span span, StepError error) {
    span.setAttribute(ERROR_TYPE, error.code().name());
    span.setStatus(StatusCode.ERROR);
  }

  /** The header by which other systems continue the trace of this span. */
  public static String traceparent(Span span) {
    var context = span.getSpanContext();
    return new TraceParent(context.getTraceId(), context.getSpanId(), context.isSampled()).header();
  }

  private <T> T within(
      String name, SpanKind kind, Attributes attributes, Context parent, Function<Span, T> work) {
    var span =
        tracer
            .spanBuilder(name)
            .setSpanKind(kind)
            .setParent(parent)
            .setAllAttributes(attributes)
            .startSpan();
    try (var _ = parent.with(span).makeCurrent()) {
      return work.apply(span);
    } catch (StepException e) {
      failed(span, e.error());
      throw e;
    } catch (RuntimeException | Error e) {
      span.setAttribute(ERROR_TYPE, e.getClass().getName());
      span.setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      span.end();
    }
  }

  private static Context parent(@Nullable String traceparent) {
    return TraceParent.parse(traceparent)
        .map(it ->
            SpanContext.createFromRemoteParent(
                it.traceId(),
                it.spanId(),
                it.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault()))
        .map(it -> Context.root().with(Span.wrap(it)))
        .orElseGet(Context::root);
  }
}
