package io.tda.worker.dispatcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.store.FieldPath;
import io.tda.worker.store.Patch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One half of an {@code expected-patch.json}, in the grammar of {@code contracts/README.md}. */
record ExpectedPatch(Map<?, ?> json) {
  private static final Map<String, Pattern> TEXTS =
      Map.of(
          "<timestamp>",
          Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"),
          "<claimId>",
          Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
          "<sha256>",
          Pattern.compile("[0-9a-f]{64}"),
          "<string>",
          Pattern.compile("(?s).+"));

  /** Checks that the patch is this one. */
  void assertMatches(Patch patch) {
    var expected = new HashMap<FieldPath, Object>();
    for (var entry : (List<?>) requireNonNull(json.get("set"))) {
      var pair = (List<?>) entry;
      expected.put(path(pair.get(0)), pair.get(1));
    }
    assertThat(patch.set().keySet()).isEqualTo(expected.keySet());
    assertThat(Set.copyOf(patch.deleted()))
        .isEqualTo(
            Set.copyOf(
                ((List<?>) requireNonNull(json.get("delete")))
                    .stream().map(ExpectedPatch::path).toList()));
    expected.forEach((path, value) ->
        assertThat(matches(value, patch.set().get(path)))
            .as("%s: expected %s, was %s", path, value, patch.set().get(path))
            .isTrue());
  }

  private static boolean matches(Object expected, @Nullable Object actual) {
    return switch (expected) {
      case String token when TEXTS.containsKey(token) ->
          actual instanceof String text && TEXTS.get(token).matcher(text).matches();
      case String token when token.equals("<int>") -> actual instanceof Long number && number >= 0;
      case String token when token.equals("<object>") -> actual instanceof Map;
      case String token when token.startsWith("<") ->
          throw new IllegalArgumentException("not needed here: " + token);
      case Map<?, ?> fields -> actual instanceof Map<?, ?> map && matches(fields, map);
      default -> expected.equals(actual);
    };
  }

  private static boolean matches(Map<?, ?> expected, Map<?, ?> actual) {
    var known = new HashMap<String, Object>();
    for (var field : expected.entrySet()) {
      var key = (String) field.getKey();
      var name = key.endsWith("?") ? key.substring(0, key.length() - 1) : key;
      known.put(name, field.getValue());
      if (!key.endsWith("?") && !actual.containsKey(name)) {
        return false;
      }
    }
    return actual.entrySet().stream()
        .allMatch(field ->
            known.containsKey(field.getKey())
                && matches(known.get(field.getKey()), field.getValue()));
  }

  private static FieldPath path(Object segments) {
    return new FieldPath(((List<?>) segments).stream().map(String.class::cast).toList());
  }
}
