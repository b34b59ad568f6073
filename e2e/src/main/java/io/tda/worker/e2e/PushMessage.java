package io.tda.worker.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;

/** A message in the form of the API: its content in base64, its attributes, its id. */
public record PushMessage(JsonNode message) {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  /**
   * Pushes it, as often as one likes.
   *
   * @return the HTTP status
   */
  public int pushTo(URI executor) {
    return pushTo(executor, "/push/step-claimed", 0);
  }

  /**
   * The same to a path of its own.
   *
   * @param deliveryAttempt 0 to leave it out, as Pub/Sub does without a dead-letter policy
   */
  public int pushTo(URI executor, String path, int deliveryAttempt) {
    var envelope = JsonNodeFactory.instance.objectNode();
    envelope.set("message", message);
    envelope.put("subscription", "projects/" + Platform.PROJECT + "/subscriptions/by-hand");
    if (deliveryAttempt > 0) {
      envelope.put("deliveryAttempt", deliveryAttempt);
    }
    var body = envelope.toString().getBytes(UTF_8);
    return HttpPost.send(executor.resolve(path), JSON, body).status();
  }

  /** What it says. */
  public JsonNode data() {
    try {
      return new ObjectMapper().readTree(message.path("data").binaryValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whose step it is about. */
  public String runId() {
    return data().path("runId").asText();
  }

  /** Which step. */
  public String stepId() {
    return data().path("stepId").asText();
  }
}
