package io.tda.worker.dispatcher.adapter.pubsub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Makes topics in the emulator and fetches what is on them, over its HTTP interface. */
public final class PubSubTopics implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_PULLS = 50;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String project;

  public PubSubTopics(String host, String projectId) {
    project = "http://" + host + "/v1/projects/" + projectId;
  }

  /** Makes a topic with an ordered subscription of the same name. */
  public void create(String topic) {
    var name = URI.create(project).getPath().substring("/v1/".length()) + "/topics/" + topic;
    send("PUT", "/topics/" + topic, "{}");
    send(
        "PUT",
        "/subscriptions/" + topic,
        "{\"topic\":\"%s\",\"enableMessageOrdering\":true}".formatted(name));
  }

  /** The next messages of a topic, each acknowledged so that its key moves on. */
  public List<JsonNode> pull(String topic, int count) {
    var messages = new ArrayList<JsonNode>();
    for (int i = 0; i < MAX_PULLS && messages.size() < count; i++) {
      var pulled = send("POST", "/subscriptions/" + topic + ":pull", "{\"maxMessages\":100}");
      for (var received : pulled.path("receivedMessages")) {
        messages.add(received.path("message"));
        var ids = MAPPER.createObjectNode();
        ids.putArray("ackIds").add(received.path("ackId"));
        send("POST", "/subscriptions/" + topic + ":acknowledge", ids.toString());
      }
    }
    return messages;
  }

  @Override
  public void close() {
    client.close();
  }

  private JsonNode send(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(project + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(method + " " + path + ": " + response.body());
      }
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
