package io.tda.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PatchTest {
  private static final FieldPath PARENT = FieldPath.of("steps", "a");
  private static final FieldPath CHILD = FieldPath.of("steps", "a", "status");

  @Test
  void with_refusesAPathThatLeadsToAnother_whicheverComesFirst() {
    assertOverlap(() -> Patch.empty().with(PARENT, 1L).with(CHILD, 2L));
    assertOverlap(() -> Patch.empty().with(CHILD, 1L).with(PARENT, 2L));
    assertOverlap(() -> Patch.empty().without(PARENT).with(CHILD, 2L));
    assertOverlap(() -> Patch.empty().with(CHILD, 2L).without(PARENT));
  }

  @Test
  void with_refusesTheSamePathTwice() {
    assertOverlap(() -> Patch.empty().with(CHILD, 1L).with(CHILD, 1L));
    assertOverlap(() -> Patch.empty().without(CHILD).without(CHILD));
  }

  @Test
  void with_takesPathsThatOnlyLookAlike() {
    var patch = Patch.empty().with(PARENT, 1L).with(FieldPath.of("steps", "a.status"), 2L);

    assertThat(patch.set()).hasSize(2);
  }

  @Test
  void and_holdsBothOrRefusesBoth() {
    var status = Patch.empty().with(CHILD, 1L);
    var error = Patch.empty().without(FieldPath.of("steps", "a", "error"));

    assertThat(status.and(error)).isEqualTo(new Patch(status.set(), error.deleted()));
    assertOverlap(() -> status.and(Patch.empty().without(PARENT)));
  }

  @Test
  void fieldPath_keepsDotsWithinASegment() {
    assertThat(FieldPath.of("a.b")).isNotEqualTo(FieldPath.of("a", "b"));
    assertThat(FieldPath.of("a").isPrefixOf(FieldPath.of("a.b"))).isFalse();
    assertThat(FieldPath.of("a").isPrefixOf(FieldPath.of("a"))).isTrue();
  }

  @Test
  void fieldPath_needsSegments_noneOfThemEmpty() {
    assertThatThrownBy(() -> FieldPath.of()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FieldPath(List.of("a", "")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertOverlap(org.assertj.core.api.ThrowableAssert.ThrowingCallable code) {
    assertThatThrownBy(code)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("overlap");
  }
}
