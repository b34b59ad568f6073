package io.tda.worker.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.tda.worker.adapter.http.Answer;
import io.tda.worker.adapter.http.HttpCall;
import io.tda.worker.adapter.http.PostHandler;

/** Continues the trace of a request whose body brings none of its own along. */
public final class TracedCall implements PostHandler {
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");

  private final PostHandler next;
  private final String name;
  private final Spans spans;

  /**
   * @param name of the span; a fixed word
   */
  public TracedCall(PostHandler next, String name, Spans spans) {
    this.next = next;
    this.name = name;
    this.spans = spans;
  }

  @Override
  public Answer handle(HttpCall call) {
    return spans.entry(
        name,
        Attributes.empty(),
        call.header("traceparent"),
        span -> {
          var answer = next.handle(call);
          span.setAttribute(STATUS, (long) answer.status());
          return answer;
        });
  }
}
