package io.tda.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelAllowlistTest {

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-pro,gemini-2.5-pro,true",
    "gemini-2.5-pro,gemini-2.5-pro-exp,false",
    "gemini-2.5-pro,Gemini-2.5-Pro,false",
    "gemini-2.5-pro,models/gemini-2.5-pro,false",
    "gemini-2.5*,gemini-2.5,true",
    "gemini-2.5*,gemini-2.5-flash,true",
    "gemini-2.5*,gemini-2,false",
    "gemini-2.5*,gemini-2x5,false",
    "*,anything,true"
  })
  void allows_exactNamesAndStartsOfNames(String entry, String model, boolean allowed) {
    assertThat(new ModelAllowlist(List.of(entry)).allows(model)).isEqualTo(allowed);
  }

  @Test
  void allows_everything_whenEmpty() {
    assertThat(ModelAllowlist.ALL.allows("any")).isTrue();
  }

  @Test
  void parse_trimsAndDropsEmptyEntries() {
    assertThat(ModelAllowlist.parse(" a , b*,, ")).contains(new ModelAllowlist(List.of("a", "b*")));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", " , ", "a*b", "**", "a b", "a;b"})
  void parse_refusesWhatWouldNotMeanWhatItSays(String text) {
    assertThat(ModelAllowlist.parse(text)).isEmpty();
  }

  @Test
  void constructor_refusesABrokenEntry() {
    assertThatThrownBy(() -> new ModelAllowlist(List.of("a*b")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
