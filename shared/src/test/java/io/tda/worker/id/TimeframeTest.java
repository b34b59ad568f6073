package io.tda.worker.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeframeTest {

  @ParameterizedTest
  @ValueSource(strings = {"1M", "1w", "4h", "240", "daily", "abcdefghijklmnop"})
  void parse_takesLettersAndDigits(String text) {
    assertThat(Timeframe.parse(text)).contains(new Timeframe(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4 h", "4h/", "4_h", "4h\n", "٤h", "abcdefghijklmnopq"})
  void parse_refusesTheRest(String text) {
    assertThat(Timeframe.parse(text)).isEmpty();
  }

  @Test
  void equals_tellsAMonthFromAMinute() {
    assertThat(new Timeframe("1M")).isNotEqualTo(new Timeframe("1m"));
  }

  @ParameterizedTest
  @CsvSource({
    "4h, llm_report:4h:v1",
    "1M, report_1M_x",
    "1M, report_1m_x",
    "4h, r2_4H",
    "4h, 4h",
    "4h, report_4h_after_1d",
    "1mo, report_1MO"
  })
  void isContradictedBy_isFalse_whenATokenRepeatsTheTimeframe(String timeframe, String stepId) {
    assertThat(new Timeframe(timeframe).isContradictedBy(new StepId(stepId))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"4h, r2", "4h, report", "4h, report_v1", "4h, report14h", "4h, a-1d-b", "4h, 1d4h"})
  void isContradictedBy_isFalse_whenNoTokenLooksLikeATimeframe(String timeframe, String stepId) {
    assertThat(new Timeframe(timeframe).isContradictedBy(new StepId(stepId))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"240, report_4h", "daily, report_1d", "W, report_1w"})
  void isContradictedBy_isFalse_whenTheTimeframeIsWrittenInAnotherWay(
      String timeframe, String stepId) {
    assertThat(new Timeframe(timeframe).isContradictedBy(new StepId(stepId))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1d, llm_report:4h:v1",
    "1w, report_1M_x",
    "1h, r2_4H",
    "15m, report_5m",
    "1d, 4h",
    "1d, report_4h_1w",
    "1d, 1D2:12h"
  })
  void isContradictedBy_isTrue_whenTheTokensNameOthersOnly(String timeframe, String stepId) {
    assertThat(new Timeframe(timeframe).isContradictedBy(new StepId(stepId))).isTrue();
  }
}
