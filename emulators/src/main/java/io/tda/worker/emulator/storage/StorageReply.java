package io.tda.worker.emulator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

/** One answer. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StorageReply(int status, Map<String, String> headers, byte[] body) {

  static StorageReply json(JsonNode json) {
    return json(200, json);
  }

  static StorageReply empty(int status, Map<String, String> headers) {
    return new StorageReply(status, headers, new byte[0]);
  }

  /** An error in the form of Google's APIs, under the reason that Cloud Storage gives for it. */
  static StorageReply error(int status) {
    return error(
        status,
        switch (status) {
          case 400 -> "invalid";
          case 401 -> "authError";
          case 403 -> "forbidden";
          case 404 -> "notFound";
          case 409 -> "conflict";
          case 412 -> "conditionNotMet";
          case 429 -> "rateLimitExceeded";
          default -> "backendError";
        });
  }

  void send(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static StorageReply error(int status, String reason) {
    var json = JsonNodeFactory.instance.objectNode();
    var error = json.putObject("error").put("code", status).put("message", reason);
    error.putArray("errors").addObject().put("domain", "global").put("reason", reason);
    return json(status, json);
  }

  private static StorageReply json(int status, JsonNode json) {
    return new StorageReply(
        status,
        Map.of("Content-Type", "application/json; charset=UTF-8"),
        json.toString().getBytes(UTF_8));
  }
}
