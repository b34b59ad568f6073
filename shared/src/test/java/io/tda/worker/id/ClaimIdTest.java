package io.tda.worker.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimIdTest {
  private static final String UUID = "019b4f2e-8c00-7abc-8def-0123456789ab";

  @Test
  void parse_takesALowerCaseUuid() {
    assertThat(ClaimId.parse(UUID)).contains(new ClaimId(UUID));
    assertThat(new ClaimId(UUID)).hasToString(UUID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "019B4F2E-8C00-7ABC-8DEF-0123456789AB",
        "019b4f2e8c007abc8def0123456789ab",
        "019b4f2e-8c00-7abc-8def-0123456789ab\n",
        "{019b4f2e-8c00-7abc-8def-0123456789ab}",
        "019b4f2e-8c00-7abc-8def-0123456789a"
      })
  void parse_refusesOtherForms(String text) {
    assertThat(ClaimId.parse(text)).isEmpty();
    assertThatThrownBy(() -> new ClaimId(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
