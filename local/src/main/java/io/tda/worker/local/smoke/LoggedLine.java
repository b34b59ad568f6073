package io.tda.worker.local.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A log line of a service about a run: what it tells, and none of its other fields.
 *
 * @param order where it stands among the others; lines of the same order were written one after the
 *     other, but the source does not know how
 * @param delivery the event or message whose handling it is a part of
 * @param told the event's name with what makes it different, such as {@code push_finished 204}
 */
public record LoggedLine(
    long order, String runId, String component, String delivery, String event, String told) {
  private static final List<String> TELLING =
      List.of("/reason/kind", "/reason", "/status", "/error/code");

  /**
   * Reads a line.
   *
   * @param severity as the source has it, in the line or beside it
   * @return empty for what is no event, and for DEBUG, which a deployment may switch on or off
   */
  static Optional<LoggedLine> of(JsonNode json, String severity, long order) {
    var event = json.path("event").asText("");
    if (event.isEmpty() || severity.equals("DEBUG")) {
      return Optional.empty();
    }
    var component = json.path("component").asText("");
    var delivery = component.equals(LogStory.DISPATCHER) ? "eventId" : "messageId";
    return Optional.of(
        new LoggedLine(
            order,
            json.path("runId").asText(""),
            component,
            json.path(delivery).asText(""),
            event,
            told(event, json)));
  }

  private static String told(String event, JsonNode json) {
    var kind = json.path("kind").asText("");
    var result =
        TELLING.stream()
            .map(json::at)
            .filter(JsonNode::isValueNode)
            .map(JsonNode::asText)
            .findFirst()
            .orElse(json.has("ok") ? (json.path("ok").asBoolean() ? "ok" : "failed") : "");
    return String.join(" ", List.of(event, kind, result)).replaceAll(" +", " ").strip();
  }
}
