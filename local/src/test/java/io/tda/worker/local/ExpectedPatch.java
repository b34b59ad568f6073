package io.tda.worker.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.adapter.memory.Change;
import io.tda.worker.json.DocumentJson;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One half of an {@code expected-patch.json}, held against a change that was seen. */
record ExpectedPatch(JsonNode patch) {
  private static final Pattern TIMESTAMP =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
  private static final Pattern CLAIM_ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  /** Fails unless the change is this patch and nothing else. */
  void assertMatches(Change change) {
    var before = DocumentJson.toObject(change.before().orElseThrow().data());
    var after = DocumentJson.toObject(change.after().orElseThrow().data());
    var written = new ArrayList<List<String>>();
    for (var entry : patch.path("set")) {
      var path = path(entry.get(0));
      written.add(path);
      assertThat(matches(entry.get(1), at(after, path)))
          .as("%s: expected %s, was %s", path, entry.get(1), at(after, path))
          .isTrue();
    }
    for (var entry : patch.path("delete")) {
      written.add(path(entry));
      assertThat(at(after, path(entry)).isMissingNode()).as("deleted %s", path(entry)).isTrue();
    }
    for (var path : written) {
      remove(before, path);
      remove(after, path);
    }
    assertThat(withoutEmptyObjects(after))
        .as("fields that the patch does not name")
        .isEqualTo(withoutEmptyObjects(before));
  }

  private static List<String> path(JsonNode segments) {
    var path = new ArrayList<String>();
    segments.forEach(segment -> path.add(segment.asText()));
    return path;
  }

  private static JsonNode at(JsonNode node, List<String> path) {
    for (var segment : path) {
      node = node.path(segment);
    }
    return node;
  }

  private static void remove(ObjectNode node, List<String> path) {
    if (at(node, path.subList(0, path.size() - 1)) instanceof ObjectNode parent) {
      parent.remove(path.getLast());
    }
  }

  /** A patch makes the maps on the way to its fields; they mean nothing by themselves. */
  private static JsonNode withoutEmptyObjects(ObjectNode node) {
    for (var field : List.copyOf(node.properties())) {
      if (field.getValue() instanceof ObjectNode child && withoutEmptyObjects(child).isEmpty()) {
        node.remove(field.getKey());
      }
    }
    return node;
  }

  private static boolean matches(JsonNode expected, JsonNode actual) {
    if (expected.isTextual()) {
      return matches(expected.textValue(), actual);
    }
    if (expected.isObject()) {
      return actual.isObject() && matchesObject(expected, actual);
    }
    return expected.isNumber() ? sameNumber(expected, actual) : expected.equals(actual);
  }

  private static boolean sameNumber(JsonNode expected, JsonNode actual) {
    return actual.isNumber() && expected.decimalValue().compareTo(actual.decimalValue()) == 0;
  }

  private static boolean matchesObject(JsonNode expected, JsonNode actual) {
    var names = new ArrayList<String>();
    for (var field : expected.properties()) {
      var optional = field.getKey().endsWith("?");
      var name =
          optional ? field.getKey().substring(0, field.getKey().length() - 1) : field.getKey();
      names.add(name);
      var value = actual.has(name) ? actual.get(name) : MissingNode.getInstance();
      if (value.isMissingNode() ? !optional : !matches(field.getValue(), value)) {
        return false;
      }
    }
    return actual.properties().stream().allMatch(field -> names.contains(field.getKey()));
  }

  private static boolean matches(String expected, JsonNode actual) {
    return switch (expected) {
      case "<timestamp>" -> TIMESTAMP.matcher(actual.asText()).matches();
      case "<claimId>" -> CLAIM_ID.matcher(actual.asText()).matches();
      case "<sha256>" -> actual.asText().matches("[0-9a-f]{64}");
      case "<int>" -> actual.isIntegralNumber() && actual.longValue() >= 0;
      case "<string>" -> actual.isTextual() && !actual.textValue().isEmpty();
      case "<object>" -> actual.isObject();
      default ->
          expected.startsWith("<gsUri:")
              ? actual.asText().startsWith("gs://")
                  && actual.asText().endsWith(expected.substring(7, expected.length() - 1))
              : expected.equals(actual.textValue());
    };
  }
}
