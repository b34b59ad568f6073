package io.tda.worker.emulator.pubsub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.emulator.pubsub.PushSubscription.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes topics and subscriptions in the emulator, over its HTTP interface, and lets tests put
 * messages on a topic and see what is on it. What is there already is left as it is.
 */
public final class PubSubSetup implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int CONFLICT = 409;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String root;
  private final String project;

  /**
   * Connects to nothing yet.
   *
   * @param host as in {@code PUBSUB_EMULATOR_HOST}
   */
  public PubSubSetup(String host, String projectId) {
    root = "http://" + host + "/v1/";
    project = "projects/" + projectId;
  }

  /** Makes a topic; its id has three characters at least. */
  public void createTopic(String topic) {
    put(topicName(topic), JSON.createObjectNode());
  }

  /** Makes a subscription from which nobody is pushed anything: {@link #pull} reads it. */
  public void createPullSubscription(String subscription, String topic) {
    put(subscriptionName(subscription), pulled(topic));
  }

  /** The same, with the messages of one key in their order. */
  public void createOrderedPullSubscription(String subscription, String topic) {
    put(subscriptionName(subscription), pulled(topic).put("enableMessageOrdering", true));
  }

  private ObjectNode pulled(String topic) {
    return JSON.createObjectNode().put("topic", topicName(topic)).put("ackDeadlineSeconds", 600);
  }

  /** Makes a push subscription; its topics must be there. */
  public void createPushSubscription(PushSubscription wanted) {
    var json = JSON.createObjectNode().put("topic", topicName(wanted.topic()));
    json.put("ackDeadlineSeconds", wanted.ackDeadline().toSeconds());
    json.putObject("pushConfig").put("pushEndpoint", wanted.endpoint().toString());
    switch (wanted.delivery()) {
      case Delivery.Ordered() -> json.put("enableMessageOrdering", true);
      case Delivery.DeadLettered(var topic, var maxAttempts) ->
          json.putObject("deadLetterPolicy")
              .put("deadLetterTopic", topicName(topic))
              .put("maxDeliveryAttempts", maxAttempts);
      case Delivery.Plain() -> {}
    }
    put(subscriptionName(wanted.name()), json);
  }

  /** Ends a subscription and what it would still have delivered. */
  public void deleteSubscription(String subscription) {
    send("DELETE", subscriptionName(subscription), null, OK);
  }

  /**
   * Puts a message on a topic.
   *
   * @param orderingKey empty for none
   * @return the message's id
   */
  public String publish(
      String topic, byte[] data, Map<String, String> attributes, String orderingKey) {
    var json = JSON.createObjectNode();
    var message = json.putArray("messages").addObject().put("data", data);
    var all = message.putObject("attributes");
    attributes.forEach(all::put);
    if (!orderingKey.isEmpty()) {
      message.put("orderingKey", orderingKey);
    }
    var reply = send("POST", topicName(topic) + ":publish", json, OK);
    return reply.path("messageIds").path(0).asText();
  }

  /**
   * Takes what is there now, and acknowledges it; returns at once when there is nothing.
   *
   * @return messages in the API's form: base64 {@code data}, {@code attributes}, {@code messageId},
   *     {@code orderingKey}
   */
  public List<JsonNode> pull(String subscription) {
    return pull(subscription, true);
  }

  /**
   * Waits until so many messages have come, for half a minute at most, and acknowledges them.
   *
   * @return as {@link #pull(String)} does; fewer when no more came in time
   */
  public List<JsonNode> await(String subscription, int count) {
    var messages = new ArrayList<JsonNode>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (messages.size() < count && System.nanoTime() < end) {
      messages.addAll(pull(subscription, false));
    }
    return messages;
  }

  private List<JsonNode> pull(String subscription, boolean atOnce) {
    var ask = JSON.createObjectNode().put("maxMessages", 1000).put("returnImmediately", atOnce);
    var messages = new ArrayList<JsonNode>();
    var ids = JSON.createObjectNode();
    var ackIds = ids.putArray("ackIds");
    var reply = send("POST", subscriptionName(subscription) + ":pull", ask, OK);
    for (var received : reply.path("receivedMessages")) {
      messages.add(received.path("message"));
      ackIds.add(received.path("ackId"));
    }
    if (!messages.isEmpty()) {
      send("POST", subscriptionName(subscription) + ":acknowledge", ids, OK);
    }
    return messages;
  }

  @Override
  public void close() {
    client.close();
  }

  private String topicName(String topic) {
    return project + "/topics/" + topic;
  }

  private String subscriptionName(String subscription) {
    return project + "/subscriptions/" + subscription;
  }

  private void put(String name, ObjectNode body) {
    send("PUT", name, body, CONFLICT);
  }

  /**
   * One call.
   *
   * @param alsoGood a status besides 200 that is no failure
   */
  private JsonNode send(String method, String name, @Nullable JsonNode body, int alsoGood) {
    var publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
    var request =
        HttpRequest.newBuilder(URI.create(root + name))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, publisher)
            .build();
    try {
      var response = client.send(request, BodyHandlers.ofString());
      int status = response.statusCode();
      if (status != OK && status != alsoGood) {
        throw new IllegalStateException(
            "the Pub/Sub emulator answers " + status + " to " + method + " " + name);
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
