package io.tda.worker.llm;

import static io.tda.worker.llm.LLMFixtures.OUTPUT_CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.Violation;
import io.tda.worker.llm.LLMProfile.Sampling;
import io.tda.worker.llm.LLMProfile.Thinking;
import io.tda.worker.llm.LLMProfileParser.Result;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LLMProfileParserTest {
  private static final String POINTER = "/inputs/llm/llmProfile";
  private final LLMProfileParser parser = new LLMProfileParser(_ -> true);

  @Test
  void parse_takesEveryKnob() {
    var profile = valid(LLMFixtures.profileMap()).profile();
    assertThat(profile.modelName()).isEqualTo(LLMFixtures.MODEL);
    assertThat(profile.sampling()).isEqualTo(new Sampling(0.2, 0.95, 40, 8192, List.of("END"), 7));
    assertThat(profile.thinking()).isEqualTo(new Thinking(false, null, -1));
    assertThat(profile.structuredOutput())
        .isEqualTo(new StructuredOutputSpec("llm_report_output_v1", null, null));
    assertThat(profile.snapshot()).isEqualTo(LLMFixtures.profileMap());
  }

  @Test
  void parse_addsNothing_whenOnlyTheRequiredKeysAreThere() {
    Map<String, Object> smallest =
        Map.of("model", "m-1", "structuredOutput", Map.of("schemaId", "llm_report_output_v1"));
    var profile = valid(smallest).profile();
    assertThat(profile.modelName()).isEqualTo("m-1");
    assertThat(profile.sampling()).isEqualTo(new Sampling(null, null, null, null, List.of(), null));
    assertThat(profile.thinking()).isNull();
    assertThat(profile.snapshot()).isEqualTo(smallest);
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of("temperature", 0L),
        Arguments.of("temperature", 2.0),
        Arguments.of("topP", 1L),
        Arguments.of("topK", 1L),
        Arguments.of("topK", 40.0),
        Arguments.of("maxOutputTokens", 2147483647L),
        Arguments.of("stopSequences", List.of()),
        Arguments.of("stopSequences", List.of("a", "b", "c", "d", "e")),
        Arguments.of("candidateCount", 1.0),
        Arguments.of("seed", -1L),
        Arguments.of("thinkingConfig", Map.of()),
        Arguments.of("thinkingConfig", Map.of("thinkingLevel", "high")),
        Arguments.of("modelName", "models/gemini-2.5-pro"));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void parse_accepts(String key, Object value) {
    var profile = LLMFixtures.profileMap();
    profile.put(key, value);
    assertThat(valid(profile).profile().snapshot()).containsEntry(key, value);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("temperature", -0.1, "/temperature"),
        Arguments.of("temperature", 2.1, "/temperature"),
        Arguments.of("temperature", Double.NaN, "/temperature"),
        Arguments.of("temperature", OUTPUT_CANARY, "/temperature"),
        Arguments.of("topP", 1.01, "/topP"),
        Arguments.of("topK", 0L, "/topK"),
        Arguments.of("topK", 1.5, "/topK"),
        Arguments.of("topK", 3_000_000_000L, "/topK"),
        Arguments.of("topK", true, "/topK"),
        Arguments.of("maxOutputTokens", 0L, "/maxOutputTokens"),
        Arguments.of("maxOutputTokens", "8192", "/maxOutputTokens"),
        Arguments.of("stopSequences", "END", "/stopSequences"),
        Arguments.of("stopSequences", List.of("a", "b", "c", "d", "e", "f"), "/stopSequences"),
        Arguments.of("stopSequences", List.of(1L), "/stopSequences"),
        Arguments.of("stopSequences", List.of(""), "/stopSequences"),
        Arguments.of("candidateCount", 2L, "/candidateCount"),
        Arguments.of("candidateCount", "1", "/candidateCount"),
        Arguments.of("responseMimeType", "text/plain", "/responseMimeType"),
        Arguments.of("responseMimeType", "application/JSON", "/responseMimeType"),
        Arguments.of("seed", 1.5, "/seed"),
        Arguments.of("thinkingConfig", "high", "/thinkingConfig"),
        Arguments.of(
            "thinkingConfig", Map.of("includeThoughts", "no"), "/thinkingConfig/includeThoughts"),
        Arguments.of(
            "thinkingConfig", Map.of("thinkingLevel", 3L), "/thinkingConfig/thinkingLevel"),
        Arguments.of(
            "thinkingConfig", Map.of("thinkingBudget", 0.5), "/thinkingConfig/thinkingBudget"),
        Arguments.of("structuredOutput", null, "/structuredOutput"),
        Arguments.of("structuredOutput", "x", "/structuredOutput"),
        Arguments.of("structuredOutput", Map.of(), "/structuredOutput/schemaId"),
        Arguments.of(
            "structuredOutput", Map.of("schemaId", OUTPUT_CANARY), "/structuredOutput/schemaId"),
        Arguments.of("modelName", null, "/modelName"),
        Arguments.of("modelName", "", "/modelName"),
        Arguments.of("modelName", "a/../b", "/modelName"),
        Arguments.of("modelName", "a b", "/modelName"),
        Arguments.of("modelName", 5L, "/modelName"),
        Arguments.of("model", "another", "/model"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void parse_refuses(String key, @Nullable Object value, String pointer) {
    var profile = LLMFixtures.profileMap();
    if (value == null) {
      profile.remove(key);
    } else {
      profile.put(key, value);
    }
    var violations = invalid(profile);
    assertThat(violations).extracting(Violation::pointer).containsExactly(POINTER + pointer);
    assertThat(violations.toString()).doesNotContain(OUTPUT_CANARY);
  }

  @Test
  void parse_reportsEverythingAtOnce() {
    assertThat(invalid(Map.of("topK", 0L, "topP", 7L)))
        .extracting(Violation::pointer)
        .containsExactly(
            POINTER + "/modelName",
            POINTER + "/topP",
            POINTER + "/topK",
            POINTER + "/structuredOutput");
  }

  @Test
  void parse_refusesAModelThatIsNotAllowed() {
    var result = new LLMProfileParser("gemini-2.5-pro"::equals).parse(LLMFixtures.profileMap());
    assertThat(result)
        .isEqualTo(
            new Result.Invalid(
                List.of(new Violation(POINTER + "/modelName", "must be an allowed model"))));
  }

  @Test
  void parse_acceptsBothNamesOfTheModel_whenTheyAgree() {
    var profile = LLMFixtures.profileMap();
    profile.put("model", LLMFixtures.MODEL);
    assertThat(valid(profile).profile().modelName()).isEqualTo(LLMFixtures.MODEL);
  }

  @Test
  void parse_ignoresUnknownKeysAndNamesThem() {
    var profile = LLMFixtures.profileMap();
    profile.put("tools", List.of(OUTPUT_CANARY));
    profile.put("labels", Map.of());
    profile.put("thinkingConfig", Map.of("depth", OUTPUT_CANARY, "thinkingBudget", 5L));
    var valid = valid(profile);
    assertThat(valid.ignoredKeys()).containsExactly("labels", "tools", "thinkingConfig/depth");
    assertThat(valid.profile().snapshot())
        .doesNotContainKeys("tools", "labels")
        .containsEntry("thinkingConfig", Map.of("thinkingBudget", 5L));
  }

  private Result.Valid valid(Map<String, Object> profile) {
    var result = parser.parse(profile);
    assertThat(result).isInstanceOf(Result.Valid.class);
    return (Result.Valid) result;
  }

  private List<Violation> invalid(Map<String, Object> profile) {
    var result = parser.parse(profile);
    assertThat(result).isInstanceOf(Result.Invalid.class);
    return ((Result.Invalid) result).violations();
  }
}
