package io.tda.worker.executor.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.tda.worker.adapter.telemetry.Spans;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.time.Cancellation;
import java.time.Duration;
import java.util.List;

/**
 * Puts a span around each model call, with the names of OpenTelemetry's conventions for generative
 * AI. Their optional attributes for prompts and answers are left out, for ever.
 */
public final class TracedLLMClient implements LLMClient {
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("gen_ai.operation.name");
  private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
  private static final AttributeKey<Boolean> REPAIR = AttributeKey.booleanKey("worker.llm.repair");
  private static final AttributeKey<List<String>> FINISH_REASONS =
      AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");

  private final LLMClient next;
  private final Spans spans;

  public TracedLLMClient(LLMClient next, Spans spans) {
    this.next = next;
    this.spans = spans;
  }

  @Override
  public LLMResponse generate(LLMRequest request, Duration deadline, Cancellation cancellation) {
    var attributes =
        Attributes.of(
            OPERATION,
            "generate_content",
            MODEL,
            request.profile().modelName(),
            REPAIR,
            request.repair() != null);
    return spans.call(
        "generate_content",
        SpanKind.CLIENT,
        attributes,
        span -> {
          var response = next.generate(request, deadline, cancellation);
          describe(span, response);
          return response;
        });
  }

  private static void describe(Span span, LLMResponse response) {
    span.setAttribute("gen_ai.usage.input_tokens", response.usage().promptTokens());
    span.setAttribute(
        "gen_ai.usage.output_tokens",
        response.usage().candidatesTokens() + response.usage().thoughtsTokens());
    if (response.finishReason() != null) {
      span.setAttribute(FINISH_REASONS, List.of(response.finishReason()));
    }
  }
}
