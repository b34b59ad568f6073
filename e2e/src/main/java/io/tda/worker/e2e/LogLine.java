package io.tda.worker.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** One line of a service's log. */
public record LogLine(JsonNode json) {

  /** The event's name. */
  public String event() {
    return text("event");
  }

  /** Which service wrote it. */
  public String component() {
    return text("component");
  }

  /** {@code DEBUG}, {@code INFO}, {@code WARNING} or {@code ERROR}. */
  public String severity() {
    return text("severity");
  }

  /** The trace that it belongs to, where it belongs to one. */
  public Optional<String> trace() {
    return Optional.ofNullable(json.path("trace").textValue());
  }

  /** A field of the top level as text; empty where there is none. */
  public String text(String field) {
    return json.path(field).asText("");
  }

  /** A value anywhere in it, by JSON pointer. */
  public JsonNode at(String pointer) {
    return json.at(pointer);
  }

  boolean isAbout(String runId) {
    return text("runId").equals(runId);
  }

  boolean isAbout(String runId, String stepId) {
    return isAbout(runId) && text("stepId").equals(stepId);
  }

  /** The line as it was written, for failure messages. */
  @Override
  public String toString() {
    return json.toString();
  }
}
