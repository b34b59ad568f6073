package io.tda.worker.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"20251224-061000_LINKUSDT_demo92", "a", "9", "A_-"})
  void parse_takesTheUsualForms(String text) {
    assertThat(RunId.parse(text)).hasValueSatisfying(id -> assertThat(id).hasToString(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_a", "-a", "a/b", "a.b", "a b", "a~b", "a\n", "ä", "a:b"})
  void parse_refusesWhatDoesNotMatch(String text) {
    assertThat(RunId.parse(text)).isEmpty();
  }

  @Test
  void parse_takes128CharactersAndNotOneMore() {
    assertThat(RunId.parse("a".repeat(128))).isPresent();
    assertThat(RunId.parse("a".repeat(129))).isEmpty();
  }

  @Test
  void new_namesTheRuleAndNotTheValue() {
    assertThatThrownBy(() -> new RunId("CANARY PROMPT"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(RunId.RULE)
        .hasMessageNotContaining("CANARY");
  }
}
