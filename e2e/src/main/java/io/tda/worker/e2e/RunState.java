package io.tda.worker.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/** A run as it was read. */
public record RunState(Map<String, Object> document, Instant updateTime) {
  public RunState {
    document = Map.copyOf(document);
  }

  static RunState of(Documents.Read read) {
    return new RunState(read.data(), read.updateTime());
  }

  /** A step of it. */
  public Step step(String id) {
    var step = Fields.json(document).path("steps").path(id);
    if (!step.isObject()) {
      throw new AssertionError("the run has no step " + id);
    }
    return new Step(step);
  }

  /** A step of a run. */
  public record Step(JsonNode json) {

    public String status() {
      return json.path("status").asText();
    }

    /** The code of its error; empty where it has none. */
    public String errorCode() {
      return json.at("/error/code").asText("");
    }

    /** A value anywhere in it, by JSON pointer. */
    public JsonNode at(String pointer) {
      return json.at(pointer);
    }
  }
}
