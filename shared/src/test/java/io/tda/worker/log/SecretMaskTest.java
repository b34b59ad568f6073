package io.tda.worker.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
  @Test
  void apply_replacesEveryOccurrence() {
    var mask = new SecretMask(Set.of("CANARY-SECRET-0001"));

    assertThat(mask.apply("CANARY-SECRET-0001, aCANARY-SECRET-0001b")).isEqualTo("****, a****b");
    assertThat(mask.apply("nothing here")).isEqualTo("nothing here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a \"b\" c/d+é",
        "a \\\"b\\\" c/d+é",
        "a \"b\" c\\/d+é",
        "a+%22b%22+c%2Fd%2B%C3%A9",
        "a%20%22b%22%20c%2Fd%2B%C3%A9",
        "a+%22b%22+c%2fd%2b%c3%a9",
        "a%20%22b%22%20c%2fd%2b%c3%a9"
      })
  void apply_findsEncodedForms(String form) {
    var mask = new SecretMask(Set.of("a \"b\" c/d+é"));

    assertThat(mask.apply("url?x=" + form + "&y")).isEqualTo("url?x=****&y");
  }

  @Test
  void apply_findsASecretThatWasGivenWithWhiteSpaceAround() {
    assertThat(new SecretMask(Set.of("CANARY-SECRET-0001\n")).apply("<CANARY-SECRET-0001>"))
        .isEqualTo("<****>");
  }

  @Test
  void apply_leavesNothingOfTheLongerSecret_whenOneHoldsTheOther() {
    assertThat(new SecretMask(Set.of("CANARY", "CANARY-SECRET")).apply("CANARY-SECRET"))
        .isEqualTo("****");
  }

  @Test
  void apply_ignoresBlankSecrets() {
    assertThat(new SecretMask(Set.of("", " ")).apply("a b")).isEqualTo("a b");
  }
}
