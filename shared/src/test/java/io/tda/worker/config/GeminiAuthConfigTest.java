package io.tda.worker.config;

import static io.tda.worker.config.Environments.executor;
import static io.tda.worker.config.Environments.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiAuthConfigTest {
  private static final String TWO_KEYS =
      "[{\"id\":\"old\",\"apiKey\":\"first\"},{\"id\":\"new\",\"apiKey\":\"second\\n\",\"note\":1}]";

  @Test
  void singleKey_hasTheDefaultId() {
    var auth = auth(executor("GEMINI_API_KEY", "only\n"));

    assertThat(auth.mode()).isEqualTo("ai_studio_api_key");
    assertThat(auth.keyId()).contains("default");
    assertThat(secret(auth)).isEqualTo("only");
  }

  @Test
  void severalKeys_giveTheOneThatIsNamed() {
    var auth = auth(executor(keys(TWO_KEYS, "new")));

    assertThat(auth.keyId()).contains("new");
    assertThat(secret(auth)).isEqualTo("second");
  }

  @Test
  void singleKey_wins_withAWarning() {
    var result = executor("GEMINI_API_KEYS_JSON", "broken", "GEMINI_API_KEY_ID", "new");

    assertThat(secret(auth(result))).isEqualTo("a-key-for-tests");
    assertThat(result.warnings())
        .extracting(ConfigFinding::toString)
        .containsExactly(
            "GEMINI_API_KEYS_JSON is ignored: GEMINI_API_KEY is set",
            "GEMINI_API_KEY_ID is ignored: GEMINI_API_KEY is set");
  }

  @Test
  void vertex_needsALocationAndNoKey() {
    var result =
        executor(
            "GEMINI_AUTH_MODE", "vertex_adc", "GEMINI_LOCATION", "global", "GEMINI_API_KEY", "");

    assertThat(auth(result)).isEqualTo(new GeminiAuthConfig.Vertex("demo-project", "global"));
    assertThat(auth(result).mode()).isEqualTo("vertex_adc");
    assertThat(auth(result).keyId()).isEmpty();
    assertThat(problems("GEMINI_AUTH_MODE", "vertex_adc"))
        .containsExactly("GEMINI_LOCATION is required with GEMINI_AUTH_MODE=vertex_adc");
  }

  @Test
  void vertex_warnsOfAKeyThatIsNotUsed() {
    var result =
        executor(
            "GEMINI_AUTH_MODE", "vertex_adc", "GEMINI_LOCATION", "global", "GEMINI_API_KEY", "a b");

    assertThat(result.warnings())
        .extracting(ConfigFinding::toString)
        .containsExactly("GEMINI_API_KEY is ignored: GEMINI_AUTH_MODE=vertex_adc needs no key");
  }

  @Test
  void severalKeys_needBothVariables() {
    assertThat(problems(keys(TWO_KEYS, "")))
        .containsExactly("GEMINI_API_KEY_ID is required with GEMINI_API_KEYS_JSON");
    assertThat(problems(keys("", "new")))
        .containsExactly("GEMINI_API_KEYS_JSON is required with GEMINI_API_KEY_ID");
  }

  @Test
  void severalKeys_refuseAnIdThatIsNotThere() {
    assertThat(problems(keys(TWO_KEYS, "other")))
        .containsExactly("GEMINI_API_KEY_ID must be an id of GEMINI_API_KEYS_JSON");
    assertThat(problems(keys(TWO_KEYS, "no id")))
        .containsExactly("GEMINI_API_KEY_ID must be 1 to 32 characters of A-Z a-z 0-9 . _ -");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [                                    | must be JSON; line 1, column 2: ends too early
          {"id":"new","apiKey":"x"}            | must be a JSON array of
          "new"                                | must be a JSON array of
          []                                   | must be a JSON array of
          [1]                                  | element 1: id must be
          [{"apiKey":"x"}]                     | element 1: id must be
          [{"id":1,"apiKey":"x"}]              | element 1: id must be
          [{"id":"a b","apiKey":"x"}]          | element 1: id must be
          [{"id":"new"}]                       | element 1: apiKey must be
          [{"id":"new","apiKey":1}]            | element 1: apiKey must be
          [{"id":"new","apiKey":" "}]          | element 1: apiKey must be
          [{"id":"new","apiKey":"x y"}]        | element 1: apiKey must be
          [{"id":"new","apiKey":"new"}]        | element 1: id must differ from apiKey
          [{"id":"new","id":"b","apiKey":"x"}] | must be JSON; line 1, column 18: duplicate key
          [{"id":"new","apiKey":"x"},{"id":"new","apiKey":"y"}] | element 2: id is given twice
          """)
  void severalKeys_areAllChecked(String json, String rule) {
    assertThat(problems(keys(json, "new")))
        .singleElement()
        .asString()
        .startsWith("GEMINI_API_KEYS_JSON " + rule);
  }

  @Test
  void severalKeys_reportEveryBrokenOne() {
    assertThat(problems(keys("[{\"id\":\"new\",\"apiKey\":\"x\"},{\"id\":\"b\"},7]", "new")))
        .hasSize(2);
  }

  private static String[] keys(String json, String id) {
    return List.of("GEMINI_API_KEY", "", "GEMINI_API_KEYS_JSON", json, "GEMINI_API_KEY_ID", id)
        .toArray(String[]::new);
  }

  private static GeminiAuthConfig auth(ConfigResult.Valid<ExecutorConfig> result) {
    return ((LLMMode.Real) result.config().own().llm().mode()).auth();
  }

  private static String secret(GeminiAuthConfig auth) {
    return ((GeminiAuthConfig.AiStudio) auth).key().exposeSecretToGeminiClient();
  }
}
