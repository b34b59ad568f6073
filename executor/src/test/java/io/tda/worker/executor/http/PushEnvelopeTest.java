package io.tda.worker.executor.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PushEnvelopeTest {
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void parse_readsAPushOfProduction() {
    var envelope =
        parsed(
            """
            {"message": {"attributes": {"runId": "r", "traceparent": "%s"}, "data": "SGVsbG8=",
              "messageId": "2070443601311540", "message_id": "2070443601311540",
              "orderingKey": "r/s", "publishTime": "2021-02-26T19:13:55.749Z",
              "publish_time": "2021-02-26T19:13:55.749Z"},
             "deliveryAttempt": 5, "subscription": "projects/p/subscriptions/s"}
            """
                .formatted(TRACEPARENT));

    assertThat(envelope.messageId()).isEqualTo("2070443601311540");
    assertThat(envelope.deliveryAttempt()).isEqualTo(5);
    assertThat(envelope.attributes()).containsEntry("runId", "r").hasSize(2);
    assertThat(envelope.data()).asString(UTF_8).isEqualTo("Hello");
    assertThat(envelope.delivery().traceparent()).isEqualTo(TRACEPARENT);
    assertThat(envelope.context().messageId()).isEqualTo("2070443601311540");
  }

  @Test
  void parse_readsAPushWithoutADeadLetterPolicy() {
    var envelope = parsed("{\"message\":{\"messageId\":\"1\",\"data\":\"SGVsbG8=\"}}");

    assertThat(envelope.deliveryAttempt()).isZero();
    assertThat(envelope.attributes()).isEmpty();
    assertThat(envelope.delivery().traceparent()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":{\"messageId\":\"1\"},\"deliveryAttempt\":-3}",
        "{\"message\":{\"messageId\":\"1\"},\"deliveryAttempt\":\"5\"}",
        "{\"message\":{\"messageId\":\"1\"},\"deliveryAttempt\":99999999999}",
        "{\"message\":{\"messageId\":\"1\",\"attributes\":[1]}}",
        "{\"message\":{\"messageId\":\"1\",\"attributes\":{\"traceparent\":7}}}",
        "{\"message\":{\"messageId\":\"1\",\"attributes\":{\"traceparent\":\"x\"}}}"
      })
  void parse_doesWithout_whatIsNotAsItShouldBe(String body) {
    var envelope = parsed(body);

    assertThat(envelope.deliveryAttempt()).isZero();
    assertThat(envelope.data()).isEmpty();
    assertThat(envelope.delivery().traceparent()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"message\":null}",
        "{\"message\":\"SGVsbG8=\"}",
        "{\"message\":{\"data\":\"SGVsbG8=\"}}",
        "{\"message\":{\"messageId\":\"\",\"data\":\"SGVsbG8=\"}}",
        "{\"message\":{\"messageId\":\"1\",\"data\":\"not base64!\"}}",
        "{\"message\":{\"messageId\":\"1\"}} and more",
        "messageId=1"
      })
  void parse_refuses_whatIsNoPush(String body) {
    assertThat(PushEnvelope.parse(body.getBytes(UTF_8)))
        .isInstanceOf(PushEnvelope.Result.NotAnEnvelope.class);
  }

  @Test
  void toString_leavesOutWhatWasSent() {
    assertThat(parsed("{\"message\":{\"messageId\":\"1\",\"data\":\"SGVsbG8=\"}}"))
        .hasToString("PushEnvelope[1, 5 bytes]");
  }

  private static PushEnvelope parsed(String body) {
    return ((PushEnvelope.Result.Parsed) PushEnvelope.parse(body.getBytes(UTF_8))).envelope();
  }
}
