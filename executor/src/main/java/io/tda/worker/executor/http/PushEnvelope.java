package io.tda.worker.executor.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.executor.Delivery;
import io.tda.worker.json.StrictJson;
import io.tda.worker.log.LogContext;
import io.tda.worker.message.StepClaimedJson;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message as Pub/Sub pushes it.
 *
 * @param deliveryAttempt 1 for the first; 0 where Pub/Sub does not say, which is so without a
 *     dead-letter policy
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record PushEnvelope(
    String messageId, int deliveryAttempt, Map<String, String> attributes, byte[] data) {
  private static final int MAX_ID_LENGTH = 1_024;

  public PushEnvelope {
    attributes = Map.copyOf(attributes);
  }

  /** What a body turned out to be. */
  public sealed interface Result {

    /** A message. */
    record Parsed(PushEnvelope envelope) implements Result {}

    /** No push of Pub/Sub. */
    record NotAnEnvelope() implements Result {}
  }

  /** Reads a body. Fields that are not needed, or not known, may hold anything. */
  public static Result parse(byte[] body) {
    return StrictJson.parse(body) instanceof StrictJson.Result.Parsed(ObjectNode push)
            && push.get("message") instanceof ObjectNode message
        ? parse(push, message)
        : new Result.NotAnEnvelope();
  }

  private static Result parse(ObjectNode push, ObjectNode message) {
    var messageId = message.path("messageId").asText();
    if (messageId.isEmpty() || messageId.length() > MAX_ID_LENGTH) {
      return new Result.NotAnEnvelope();
    }
    byte[] data;
    try {
      data = Base64.getDecoder().decode(message.path("data").asText());
    } catch (IllegalArgumentException _) { // its message quotes the input
      return new Result.NotAnEnvelope();
    }
    return new Result.Parsed(
        new PushEnvelope(
            messageId,
            attempt(push.path("deliveryAttempt")),
            attributes(message.path("attributes")),
            data));
  }

  private static int attempt(JsonNode number) {
    return number.canConvertToInt() ? Math.max(0, number.intValue()) : 0;
  }

  private static Map<String, String> attributes(JsonNode object) {
    var attributes = new HashMap<String, String>();
    object
        .properties()
        .forEach(attribute -> {
          if (attribute.getValue().isTextual()) {
            attributes.put(attribute.getKey(), attribute.getValue().textValue());
          }
        });
    return attributes;
  }

  /** The delivery that it is. */
  Delivery delivery() {
    return new Delivery(messageId, deliveryAttempt, traceparent());
  }

  /** What log lines about it have in common. */
  LogContext context() {
    return LogContext.NONE
        .withMessage(messageId)
        .withLabels(new LogContext.Labels(null, null, null, traceparent()));
  }

  private @Nullable String traceparent() {
    return StepClaimedJson.traceparent(attributes).orElse(null);
  }

  /** Leaves out what was sent. */
  @Override
  public String toString() {
    return "PushEnvelope[" + messageId + ", " + data.length + " bytes]";
  }
}
