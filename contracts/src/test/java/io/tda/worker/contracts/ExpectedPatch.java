package io.tda.worker.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One half of an {@code expected-patch.json}: the claim or the finalize. */
record ExpectedPatch(JsonNode json) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String URI_TOKEN = "<gsUri:";

  /** One value for each token; {@code contracts/README.md} says what each stands for. */
  private static final Map<String, JsonNode> SAMPLES =
      Map.of(
          "<timestamp>", NODES.textNode("2025-12-24T06:12:00.123Z"),
          "<claimId>", NODES.textNode("019b4efc-5b00-7d10-b123-0000000000cc"),
          "<sha256>", NODES.textNode("0".repeat(64)),
          "<int>", NODES.numberNode(7),
          "<string>", NODES.textNode("text"),
          "<object>", NODES.objectNode());

  /** The paths it sets or deletes. */
  Stream<List<String>> paths() {
    return Stream.concat(
        stream(json.path("set")).map(entry -> segments(entry.path(0))),
        stream(json.path("delete")).map(ExpectedPatch::segments));
  }

  /** The expected value at a path, tokens and all. */
  JsonNode valueAt(List<String> path) {
    return stream(json.path("set"))
        .filter(entry -> segments(entry.path(0)).equals(path))
        .map(entry -> entry.path(1))
        .findFirst()
        .orElseThrow();
  }

  /** Changes a document as the patch would, with a sample in the place of each token. */
  void applyTo(ObjectNode document) {
    for (var entry : json.path("set")) {
      var path = segments(entry.path(0));
      parent(document, path).set(path.getLast(), sample(entry.path(1)));
    }
    for (var entry : json.path("delete")) {
      var path = segments(entry);
      parent(document, path).remove(path.getLast());
    }
  }

  private static ObjectNode parent(ObjectNode document, List<String> path) {
    var node = document;
    for (var segment : path.subList(0, path.size() - 1)) {
      node = node.withObjectProperty(segment);
    }
    return node;
  }

  private static JsonNode sample(JsonNode expected) {
    return switch (expected) {
      case ObjectNode object -> {
        var sample = NODES.objectNode();
        object
            .properties()
            .forEach(field -> sample.set(name(field.getKey()), sample(field.getValue())));
        yield sample;
      }
      case ArrayNode array -> {
        var sample = NODES.arrayNode();
        array.forEach(element -> sample.add(sample(element)));
        yield sample;
      }
      default -> expected.asText().startsWith("<") ? sample(expected.asText()) : expected;
    };
  }

  private static JsonNode sample(String token) {
    if (token.startsWith(URI_TOKEN) && token.endsWith(">")) {
      var suffix = token.substring(URI_TOKEN.length(), token.length() - 1);
      return NODES.textNode("gs://reports" + suffix);
    }
    var sample = SAMPLES.get(token);
    if (sample == null) {
      throw new IllegalArgumentException("unknown token " + token);
    }
    return sample;
  }

  /** A question mark marks a field that may be absent. */
  private static String name(String key) {
    return key.endsWith("?") ? key.substring(0, key.length() - 1) : key;
  }

  private static List<String> segments(JsonNode path) {
    var segments = new ArrayList<String>();
    path.forEach(segment -> segments.add(segment.asText()));
    return segments;
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
