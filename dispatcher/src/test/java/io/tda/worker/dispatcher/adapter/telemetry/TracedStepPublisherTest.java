package io.tda.worker.dispatcher.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.tda.worker.adapter.telemetry.RecordedTelemetry;
import io.tda.worker.dispatcher.StepPublisher;
import io.tda.worker.dispatcher.StepPublisher.PublishResult;
import io.tda.worker.flow.Claim;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.message.StepClaimed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TracedStepPublisherTest {
  private static final String CANARY = "CANARY-PAYLOAD-0001";
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final StepClaimed MESSAGE =
      new StepClaimed(
          new Claim(
              new StepKey(new RunId("run-1"), new StepId("step-1")),
              "LLM_REPORT",
              new ClaimId("0193f5a0-0000-7000-8000-000000000001"),
              1,
              "event-1",
              Instant.EPOCH),
          "4h",
          "flow");

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final List<String> sent = new ArrayList<>();

  @Test
  void publish_sendsItsOwnSpanAlong() {
    var published = new PublishResult.Published("message-1", "run-1/step-1");

    assertThat(publishInTrace(published)).isEqualTo(published);

    var span = recorded.ended().getFirst();
    assertThat(span.kind()).isEqualTo("PRODUCER");
    assertThat(span.attributes()).containsEntry("messaging.message.id", "message-1");
    assertThat(sent).containsExactly("00-" + span.traceId() + "-" + span.spanId() + "-01");
  }

  @Test
  void publish_showsWhyItFailed_byCodeAlone() {
    var error = StepError.of(ErrorCode.CLAIM_UNDELIVERABLE, CANARY);

    publishInTrace(new PublishResult.NotPublished(error));

    var span = recorded.ended().getFirst();
    assertThat(span.failed()).isTrue();
    assertThat(span.attributes()).containsEntry("error.type", "CLAIM_UNDELIVERABLE");
    assertThat(span.everything()).doesNotContain(CANARY);
  }

  @Test
  void publish_sendsTheCallersTraceAlong_outsideOfASpan() {
    var _ = publisher(new PublishResult.Published("1", "k")).publish(MESSAGE, TRACEPARENT);

    assertThat(sent).containsExactly(TRACEPARENT);
    assertThat(recorded.ended()).isEmpty();
  }

  private PublishResult publishInTrace(PublishResult result) {
    return recorded
        .spans()
        .entry(
            "outer",
            Attributes.empty(),
            null,
            _ -> publisher(result).publish(MESSAGE, TRACEPARENT));
  }

  private StepPublisher publisher(PublishResult result) {
    StepPublisher plain =
        (_, traceparent) -> {
          sent.add(String.valueOf(traceparent));
          return result;
        };
    return recorded.telemetry().traced(plain, TracedStepPublisher::new);
  }
}
