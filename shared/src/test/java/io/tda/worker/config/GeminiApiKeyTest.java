package io.tda.worker.config;

import static com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility.ANY;
import static com.fasterxml.jackson.annotation.PropertyAccessor.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiApiKeyTest {
  private static final String CANARY = "CANARY-SECRET-0001";

  @Test
  void toString_hidesTheSecret() {
    assertThat(key("2025-10")).hasToString("GeminiApiKey[id=2025-10, ****]");
    assertThat(new GeminiAuthConfig.AiStudio(key("k")).toString()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(strings = {CANARY + "\n", CANARY + "\r\n", " " + CANARY + " ", "\t" + CANARY})
  void parse_dropsWhiteSpaceAroundTheSecret(String text) {
    assertThat(GeminiApiKey.parse("k", text).orElseThrow().exposeSecretToGeminiClient())
        .isEqualTo(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "a\nb", "a\u0000", "a\u007f", "caf\u00e9", "\uFEFFa", "a\u00a0"})
  void parse_refusesWhatWouldBreakAHeader(String text) {
    assertThat(GeminiApiKey.parse("k", text)).isEmpty();
  }

  @Test
  void parse_refusesWhatIsTooLong() {
    assertThat(GeminiApiKey.parse("k", "x".repeat(1_024))).isPresent();
    assertThat(GeminiApiKey.parse("k", "x".repeat(1_025))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "123456789012345678901234567890123"})
  void parse_refusesWhatIsNoId(String id) {
    assertThat(GeminiApiKey.parse(id, CANARY)).isEmpty();
  }

  @Test
  void mask_replacesEveryOccurrence() {
    assertThat(key("k").mask("key=" + CANARY + "; " + CANARY)).isEqualTo("key=****; ****");
  }

  @Test
  void jackson_refusesToWriteIt_howeverItIsConfigured() {
    var mapper =
        JsonMapper.builder()
            .visibility(ALL, ANY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    assertThatThrownBy(() -> mapper.writeValueAsString(key("k")))
        .hasMessageContaining("never written")
        .hasMessageNotContaining(CANARY);
    assertThatThrownBy(() -> mapper.valueToTree(Map.of("key", key("k"))))
        .hasMessageNotContaining(CANARY);
  }

  @Test
  void keys_areEqualOnlyToThemselves_soThatComparingTellsNothing() {
    assertThat(key("k")).isNotEqualTo(key("k"));
  }

  private static GeminiApiKey key(String id) {
    return GeminiApiKey.parse(id, CANARY).orElseThrow();
  }
}
