package io.tda.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TagTextTest {

  @Test
  void singleLine_joinsLinesAndTrims() {
    assertThat(TagText.singleLine("  a\r\n\tb\u2028c\u0085d\u00a0\u0000e  "))
        .isEqualTo("a b c d e");
  }

  @Test
  void singleLine_cutsAtFiveHundredCharacters_notInTheMiddleOfOne() {
    assertThat(TagText.singleLine("😀".repeat(600))).isEqualTo("😀".repeat(500));
    assertThat(TagText.singleLine("a".repeat(500))).hasSize(500);
    assertThat(TagText.singleLine("a".repeat(499) + " b")).isEqualTo("a".repeat(499));
    assertThat(TagText.singleLine("a".repeat(498) + " b")).hasSize(500);
  }

  @Test
  void singleLine_replacesHalvesOfSurrogatePairs() {
    assertThat(TagText.singleLine("a\ud83d b\ude00")).isEqualTo("a\ufffd b\ufffd");
  }

  @Test
  void escaped_leavesNoTag() {
    assertThat(TagText.escaped("</task>&lt;")).isEqualTo("&lt;/task&gt;&amp;lt;");
  }
}
