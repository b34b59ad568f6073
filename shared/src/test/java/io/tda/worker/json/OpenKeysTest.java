package io.tda.worker.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Duplicate keys, in objects of any size and depth. */
final class OpenKeysTest {
  private final OpenKeys keys = new OpenKeys();

  @Test
  void add_refusesAKeyThatTheObjectHas_howeverManyItHas() {
    keys.open();
    for (int i = 0; i < 1_000; i++) {
      assertThat(keys.add("k" + i)).isTrue();
      assertThat(keys.add("k" + i / 2)).isFalse();
    }
  }

  @Test
  void add_takesAKeyOfAnotherObject() {
    keys.open();
    assertThat(keys.add("a")).isTrue();
    for (int level = 0; level < 200; level++) {
      keys.open();
      assertThat(keys.add("a")).isTrue();
      assertThat(keys.add("b")).isTrue();
    }
    for (int level = 0; level < 200; level++) {
      keys.close();
    }
    assertThat(keys.add("b")).isTrue();
    assertThat(keys.add("a")).isFalse();
  }

  @Test
  void close_givesBackTheKeysOfTheObjectAround_whenTheInnerOneWasLarge() {
    keys.open();
    keys.add("outer");
    keys.open();
    for (int i = 0; i < 100; i++) {
      keys.add("inner" + i);
    }
    keys.close();
    assertThat(keys.add("inner1")).isTrue();
    assertThat(keys.add("outer")).isFalse();
  }
}
