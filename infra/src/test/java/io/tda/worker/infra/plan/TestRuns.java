package io.tda.worker.infra.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/** What {@code terraform test -json -verbose} said, line by line. */
record TestRuns(List<JsonNode> lines) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static TestRuns of(String output) {
    return new TestRuns(
        output.lines().filter(line -> line.startsWith("{")).map(TestRuns::parse).toList());
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("terraform wrote a line that is no JSON", broken);
    }
  }

  /** How many runs passed, and how many did not. */
  Optional<String> summary() {
    return lines.stream()
        .filter(line -> line.path("type").asText().equals("test_summary"))
        .map(line -> line.path("@message").asText())
        .findFirst();
  }

  /** The errors, in Terraform's words. */
  List<String> errors() {
    return lines.stream()
        .filter(line -> line.path("type").asText().equals("diagnostic"))
        .map(line -> line.path("diagnostic"))
        .map(found -> found.path("summary").asText() + ": " + found.path("detail").asText())
        .toList();
  }

  /** All resources as they stood at the end of a run that applies. */
  JsonNode state(String run) {
    return lines.stream()
        .filter(line -> line.path("type").asText().equals("test_state"))
        .filter(line -> line.path("@testrun").asText().equals(run))
        .map(line -> line.path("test_state"))
        .findFirst()
        .orElseThrow();
  }
}
