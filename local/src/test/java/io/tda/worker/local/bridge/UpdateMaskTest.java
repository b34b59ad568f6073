package io.tda.worker.local.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.events.cloud.firestore.v1.Document;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which fields count as changed. */
final class UpdateMaskTest {
  @Test
  void between_namesTheDeepestFieldsThatDiffer() {
    var before =
        Map.of("status", "RUNNING", "steps", Map.of("a", Map.of("status", "READY", "x", 1L)));
    var after =
        Map.of("status", "RUNNING", "steps", Map.of("a", Map.of("status", "RUNNING", "x", 1L)));

    assertThat(mask(before, after)).containsExactly("steps.a.status");
  }

  @Test
  void between_namesWhatCameAndWhatWent_once() {
    assertThat(mask(Map.of("gone", Map.of("a", 1L)), Map.of("came", Map.of("b", 1L))))
        .containsExactly("came", "gone");
  }

  @Test
  void between_namesAFieldThatChangedItsKind() {
    assertThat(mask(Map.of("a", Map.of("b", 1L)), Map.of("a", "text"))).containsExactly("a");
    assertThat(mask(Map.of("a", 1L), Map.of("a", 1.0))).containsExactly("a");
  }

  @Test
  void between_quotesWhatIsNoSimpleName() {
    assertThat(mask(Map.of(), Map.of("llm:4h", 1L, "a`b\\c", 1L, "4h", 1L, "_x9", 1L)))
        .containsExactly("`4h`", "_x9", "`a\\`b\\\\c`", "`llm:4h`");
  }

  @Test
  void between_isEmpty_whenNothingChanged() {
    assertThat(mask(Map.of("a", List.of(1L)), Map.of("a", List.of(1L)))).isEmpty();
  }

  private static List<String> mask(Map<String, ?> before, Map<String, ?> after) {
    return List.copyOf(UpdateMask.between(document(before), document(after)).getFieldPathsList());
  }

  private static Document document(Map<String, ?> fields) {
    return Document.newBuilder()
        .putAllFields(EventValues.of(fields).getMapValue().getFieldsMap())
        .build();
  }
}
