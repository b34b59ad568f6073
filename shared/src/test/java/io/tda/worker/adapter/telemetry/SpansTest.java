package io.tda.worker.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.RecordingEventLogger;
import io.tda.worker.log.ServiceEvent.ServiceStopping;
import io.tda.worker.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SpansTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String TRACEPARENT = "00-" + TRACE + "-" + PARENT + "-01";
  private static final String CANARY = "CANARY-PROMPT-PHRASE";

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final Spans spans = recorded.spans();

  @Test
  void entry_continuesTheTraceOfTheRequest() {
    var passedOn = entry(TRACEPARENT, () -> {});

    var span = recorded.ended().getFirst();
    assertThat(span.traceId()).isEqualTo(TRACE);
    assertThat(span.parentId()).isEqualTo(PARENT);
    assertThat(passedOn).isEqualTo("00-" + TRACE + "-" + span.spanId() + "-01");
  }

  @Test
  void entry_beginsATrace_whereTheRequestHasNoneToBeTrusted() {
    entry(null, () -> {});
    entry("00-zz", () -> {});

    assertThat(recorded.ended())
        .hasSize(2)
        .allSatisfy(span -> assertThat(span.parentId()).isEqualTo("0".repeat(16)));
  }

  @Test
  void entry_recordsNothingButPassesTheTraceOn_whereTheCallerDoesNotSample() {
    var passedOn = entry("00-" + TRACE + "-" + PARENT + "-00", () -> call("inner"));

    assertThat(recorded.ended()).isEmpty();
    assertThat(passedOn).startsWith("00-" + TRACE).endsWith("-00");
  }

  @Test
  void call_isPartOfTheEntry() {
    entry(TRACEPARENT, () -> call("inner"));

    var inner = recorded.ended().getFirst();
    var outer = recorded.ended().getLast();
    assertThat(inner.name()).isEqualTo("inner");
    assertThat(inner.parentId()).isEqualTo(outer.spanId());
    assertThat(inner.kind()).isEqualTo("CLIENT");
    assertThat(outer.kind()).isEqualTo("CONSUMER");
  }

  @Test
  void call_makesNoSpan_outsideOfATrace() {
    call("lonely");

    assertThat(recorded.ended()).isEmpty();
  }

  @Test
  void failure_showsItsCode_neverItsMessage() {
    var error = StepError.of(ErrorCode.FIRESTORE_UNAVAILABLE, CANARY);
    assertThatThrownBy(() ->
            entry(
                TRACEPARENT,
                () -> {
                  throw new StepException(error, new IllegalStateException(CANARY));
                }))
        .isInstanceOf(StepException.class);

    var span = recorded.ended().getFirst();
    assertThat(span.failed()).isTrue();
    assertThat(span.attributes()).containsEntry("error.type", "FIRESTORE_UNAVAILABLE");
    assertThat(span.everything()).doesNotContain(CANARY);
  }

  @Test
  void bug_showsItsClass_neverItsMessage() {
    assertThatThrownBy(() ->
            entry(
                TRACEPARENT,
                () -> {
                  throw new IllegalStateException(CANARY);
                }))
        .isInstanceOf(IllegalStateException.class);

    var span = recorded.ended().getFirst();
    assertThat(span.failed()).isTrue();
    assertThat(span.attributes()).containsEntry("error.type", "java.lang.IllegalStateException");
    assertThat(span.everything()).doesNotContain(CANARY);
  }

  @Test
  void line_namesTheSpanItIsWrittenIn() {
    var lines = new RecordingEventLogger();
    var log = recorded.telemetry().log(lines);

    var passedOn = entry(TRACEPARENT, () -> log.log(new ServiceStopping(), LogContext.NONE));
    log.log(new ServiceStopping(), LogContext.NONE);

    assertThat(lines.entries())
        .extracting(entry -> entry.context().labels().traceparent())
        .containsExactly(passedOn, null);
  }

  @Test
  void tick_belongsToTheSpanThatItWasStartedIn() {
    var actions = new ArrayList<Runnable>();
    Ticker untraced =
        (_, action) -> {
          actions.add(action);
          return () -> {};
        };
    var ticker = recorded.telemetry().carried(untraced, TracedTicker::new);

    entry(TRACEPARENT, () -> ticker.every(Duration.ZERO, () -> call("beat")));
    actions.forEach(Runnable::run);

    assertThat(recorded.ended()).extracting(RecordedTelemetry.EndedSpan::name).contains("beat");
    assertThat(recorded.ended())
        .extracting(RecordedTelemetry.EndedSpan::traceId)
        .containsOnly(TRACE);
  }

  private void call(String name) {
    var _ = spans.call(name, SpanKind.CLIENT, Attributes.empty(), _ -> name);
  }

  /** Runs the work in an entry, and returns what it would send along. */
  private String entry(@Nullable String traceparent, Runnable work) {
    return spans.entry(
        "outer",
        Attributes.empty(),
        traceparent,
        span -> {
          work.run();
          return Spans.traceparent(span);
        });
  }
}
