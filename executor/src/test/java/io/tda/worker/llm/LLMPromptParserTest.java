package io.tda.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LLMPromptParserTest {

  @Test
  void parse_takesTheTextsAsTheyAre() {
    var document = LLMFixtures.promptDocument();
    document.put("userPrompt", "  {{symbol}} \n");
    assertThat(LLMPromptParser.parse("p_1", document))
        .isEqualTo(
            new LLMPromptParser.Result.Parsed(
                new LLMPrompt(
                    "p_1", String.valueOf(document.get("systemInstruction")), "  {{symbol}} \n")));
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("schemaVersion", null, "/schemaVersion"),
        Arguments.of("schemaVersion", 2L, "/schemaVersion"),
        Arguments.of("schemaVersion", "1", "/schemaVersion"),
        Arguments.of("systemInstruction", null, "/systemInstruction"),
        Arguments.of("systemInstruction", "", "/systemInstruction"),
        Arguments.of("systemInstruction", List.of("x"), "/systemInstruction"),
        Arguments.of("userPrompt", null, "/userPrompt"),
        Arguments.of("userPrompt", " \n", "/userPrompt"),
        Arguments.of("userPrompt", Map.of(), "/userPrompt"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void parse_namesTheBrokenField(String field, @Nullable Object value, String pointer) {
    var document = new HashMap<String, Object>(LLMFixtures.promptDocument());
    if (value == null) {
      document.remove(field);
    } else {
      document.put(field, value);
    }
    var result = LLMPromptParser.parse("p_1", document);
    assertThat(result).isInstanceOf(LLMPromptParser.Result.Malformed.class);
    assertThat(((LLMPromptParser.Result.Malformed) result).violation())
        .extracting(Violation::pointer)
        .isEqualTo(pointer);
  }

  @Test
  void toString_showsNoTextOfAPrompt() {
    var document = LLMFixtures.promptDocument();
    assertThat(LLMPromptParser.parse("p_1", document).toString())
        .doesNotContain(LLMFixtures.PROMPT_CANARY);
    document.remove("schemaVersion");
    assertThat(LLMPromptParser.parse("p_1", document).toString())
        .doesNotContain(LLMFixtures.PROMPT_CANARY);
  }
}
