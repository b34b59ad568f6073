package io.tda.worker.local.smoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Speaks {@code entries.list} of the Logging API: the run ids of the filter are honoured, and a
 * page has two entries.
 */
final class LoggingApiDouble implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 2;

  private final HttpServer server;
  private final List<ObjectNode> entries = new ArrayList<>();
  private final List<JsonNode> requests = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private int status = 200;

  LoggingApiDouble() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v2/entries:list", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Takes a line as Cloud Run hands it over: severity and time are no part of the payload. */
  synchronized void take(String severity, String timestamp, String payload) throws IOException {
    var entry = JSON.createObjectNode().put("severity", severity).put("timestamp", timestamp);
    entry.set("jsonPayload", JSON.readTree(payload));
    entries.add(entry);
  }

  /** Answers with this status from now on. */
  synchronized void answerWith(int code) {
    status = code;
  }

  synchronized List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  synchronized List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = JSON.readTree(exchange.getRequestBody().readAllBytes());
      requests.add(request);
      authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
      var answer = JSON.createObjectNode();
      if (status == 200) {
        page(request, answer);
      }
      var body = answer.toString().getBytes(UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void page(JsonNode request, ObjectNode answer) {
    var found = entries.stream().filter(entry -> isMeant(request, entry)).toList();
    int from = request.path("pageToken").asInt(0);
    int to = Math.min(found.size(), from + PAGE);
    var page = answer.putArray("entries");
    found.subList(from, to).forEach(page::add);
    if (to < found.size()) {
      answer.put("nextPageToken", String.valueOf(to));
    }
  }

  private static boolean isMeant(JsonNode request, JsonNode entry) {
    var run = entry.path("jsonPayload").path("runId").asText("");
    return !run.isEmpty() && request.path("filter").asText().contains('"' + run + '"');
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
