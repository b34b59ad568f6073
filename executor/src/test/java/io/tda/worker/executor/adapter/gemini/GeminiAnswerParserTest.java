package io.tda.worker.executor.adapter.gemini;

import static io.tda.worker.llm.LLMRequests.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.TokenUsage;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.llm.LLMResponse.ExtractionMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the bodies of the REST API. */
final class GeminiAnswerParserTest {

  @Test
  void parse_joinsTextParts_andLeavesThoughtsOut() {
    var response =
        parts(
            "{'text': 'thinking…', 'thought': true}, {'text': ' {'}, "
                + "{'inlineData': {'mimeType': 'image/png', 'data': 'AQID'}}, "
                + "{'text': '}\\n', 'thought': false}");

    assertThat(response.text()).isEqualTo(" {}\n");
    assertThat(response.extraction()).isEqualTo(ExtractionMethod.PARTS);
  }

  @Test
  void parse_keepsAnEmptyText_apartFromNone() {
    assertThat(parts("{'text': ''}").text()).isEmpty();
  }

  @Test
  void parse_findsNoText_amongThoughts() {
    var response = parts("{'text': 'thinking…', 'thought': true}");

    assertThat(response.text()).isNull();
    assertThat(response.extraction()).isEqualTo(ExtractionMethod.NONE);
  }

  @Test
  void parse_asksTheSdk_whenNoPartIsText() {
    var response = parts("{'text': 42}");

    assertThat(response.text()).isEqualTo("42");
    assertThat(response.extraction()).isEqualTo(ExtractionMethod.SDK_TEXT);
  }

  @Test
  void parse_readsTheFirstCandidateOnly() {
    var response =
        parse(
            "{'candidates': [{'content': {'parts': [{'text': 'first'}]}},"
                + " {'content': {'parts': [{'text': 'second'}]}, 'finishReason': 'STOP'}]}");

    assertThat(response.text()).isEqualTo("first");
    assertThat(response.finishReason()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'candidates': []}",
        "{'candidates': [{}]}",
        "{'candidates': [{'content': {}}]}",
        "{'candidates': [{'content': {'role': 'model', 'parts': []}}]}",
        "{'candidates': [{'content': null, 'finishReason': ''}], 'promptFeedback': {}}",
        "{'candidates': [7], 'usageMetadata': 'none', 'modelVersion': 3}"
      })
  void parse_takesAnAnswerWithoutText_asItIs(String answer) {
    assertThat(parse(answer))
        .isEqualTo(
            new LLMResponse(null, ExtractionMethod.NONE, null, null, TokenUsage.NONE, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOP",
        "MAX_TOKENS",
        "SAFETY",
        "RECITATION",
        "BLOCKLIST",
        "PROHIBITED_CONTENT",
        "SPII",
        "IMAGE_SAFETY",
        "LANGUAGE",
        "OTHER",
        "MALFORMED_FUNCTION_CALL",
        "FINISH_REASON_UNSPECIFIED",
        "A_NAME_OF_TOMORROW"
      })
  void parse_carriesFinishReasonsByName_withTheTextSoFar(String reason) {
    var response =
        parse(
            "{'candidates': [{'content': {'parts': [{'text': '{'}]}, 'finishReason': '"
                + reason
                + "'}]}");

    assertThat(response.finishReason()).isEqualTo(reason);
    assertThat(response.text()).isEqualTo("{");
  }

  @Test
  void parse_doesNotMindFieldsThatTheSdkCannotRead() {
    var response =
        parse(
            "{'createTime': 'yesterday', 'candidates': [{'content': {'parts': [{'text': 'A'}]},"
                + " 'safetyRatings': 'fine'}]}");

    assertThat(response.text()).isEqualTo("A");
  }

  private static LLMResponse parts(String parts) {
    return parse("{'candidates': [{'content': {'parts': [" + parts + "]}}]}");
  }

  private static LLMResponse parse(String answer) {
    return switch (GeminiAnswerParser.parse(json(answer))) {
      case GeminiAnswerParser.Result.Parsed(var response) -> response;
      case GeminiAnswerParser.Result.Malformed(var reason) -> throw new AssertionError(reason);
    };
  }
}
