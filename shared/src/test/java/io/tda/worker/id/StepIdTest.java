package io.tda.worker.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"report_4h", "llm_report:4h:v1", "ä", "📈", "__a", "a__", "_", "_a_", "a~*[]`b"})
  void parse_takesWhatPathsAndNamesCanHold(String text) {
    assertThat(StepId.parse(text)).hasValueSatisfying(id -> assertThat(id).hasToString(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a.b",
        "a/b",
        "/",
        " ",
        "a b",
        "a\tb",
        "a\n",
        "a\u00a0b",
        "a\u2007b",
        "a\u2028b",
        "a\u3000b",
        "a\u0000b",
        "a\u007fb",
        "a\u0085b",
        "__",
        "___",
        "____",
        "__x__"
      })
  void parse_refusesWhatWouldChangeAPathOrAName(String text) {
    assertThat(StepId.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(chars = {'\ud83d', '\udcc8'})
  void parse_refusesHalfOfASurrogatePair(char half) {
    assertThat(StepId.parse("a" + half + "b")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "📈"})
  void parse_takes128CharactersAndNotOneMore(String character) {
    assertThat(StepId.parse(character.repeat(128))).isPresent();
    assertThat(StepId.parse(character.repeat(129))).isEmpty();
  }

  @Test
  void compareTo_followsCodeUnitsAndNotCodePoints() {
    // The emoji's first code unit, d83d, sorts before ff21, although its code point is higher.
    var ids = List.of(new StepId("\uff21"), new StepId("📈"), new StepId("a"), new StepId("B"));

    assertThat(ids.stream().sorted()).map(StepId::value).containsExactly("B", "a", "📈", "\uff21");
  }

  @Test
  void new_namesTheRuleAndNotTheValue() {
    assertThatThrownBy(() -> new StepId("CANARY.PROMPT"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(StepId.RULE)
        .hasMessageNotContaining("CANARY");
  }
}
