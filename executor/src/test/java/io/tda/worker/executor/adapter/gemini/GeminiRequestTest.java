package io.tda.worker.executor.adapter.gemini;

import static io.tda.worker.llm.LLMRequests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.tda.worker.config.GeminiAuthConfig;
import io.tda.worker.executor.adapter.gemini.StubGeminiServer.Captured;
import io.tda.worker.executor.adapter.gemini.StubGeminiServer.Reply;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.llm.LLMRequest.RepairTurn;
import io.tda.worker.llm.LLMRequests;
import io.tda.worker.time.Cancellation;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives at the model API. */
final class GeminiRequestTest {
  private static final String SCHEMA =
      """
      {'type': 'object', 'additionalProperties': false, 'required': ['summary'],
       '$defs': {'text': {'type': 'string'}},
       'properties': {'summary': {'$ref': '#/$defs/text'}}}
      """;
  private static final String SYSTEM = "{'parts': [{'text': 'Be exact. CANARY-PROMPT-PHRASE'}]}";
  private static final String TEXT = "{'text': 'Write a report. CANARY-PROMPT-PHRASE'}";

  private final GeminiFixture gemini = new GeminiFixture();

  @AfterEach
  void close() {
    gemini.close();
  }

  @Test
  void generate_sendsNothingButTheFixedKnobs_forAMinimalProfile() {
    var request = sent(LLMRequests.minimal());

    assertThat(request.body())
        .isEqualTo(
            json(
                """
                {'contents': [{'role': 'user', 'parts': [%s]}],
                 'systemInstruction': %s,
                 'generationConfig': {'candidateCount': 1,
                                      'responseMimeType': 'application/json',
                                      'responseJsonSchema': %s}}
                """
                    .formatted(TEXT, SYSTEM, SCHEMA)));
  }

  @Test
  void generate_sendsEveryKnob_andImagesInOrder_forAFullProfile() {
    var request = sent(LLMRequests.full());

    // Numbers are compared as written: topK travels as a float in the SDK.
    assertThat(request.body())
        .isEqualTo(
            json(
                """
                {'contents': [{'role': 'user', 'parts': [%s,
                    {'inlineData': {'mimeType': 'image/png', 'data': 'AQID'}},
                    {'inlineData': {'mimeType': 'image/webp', 'data': '/wAqEQ=='}}]}],
                 'systemInstruction': %s,
                 'generationConfig': {
                    'temperature': 0.4, 'topP': 0.95, 'topK': 40.0, 'maxOutputTokens': 8192,
                    'stopSequences': ['END', 'STOP'], 'seed': 7, 'candidateCount': 1,
                    'thinkingConfig': {'includeThoughts': true, 'thinkingLevel': 'HIGH',
                                       'thinkingBudget': 1024},
                    'responseMimeType': 'application/json', 'responseJsonSchema': %s}}
                """
                    .formatted(TEXT, SYSTEM, SCHEMA)));
  }

  @Test
  void generate_sendsTheInvalidAnswerAndTheDemand_asFurtherTurns() {
    var request = sent(LLMRequests.full().repairing(new RepairTurn("{broken", "Mend it.")));

    var turns = request.body().path("contents");
    assertThat(turns).hasSize(3);
    assertThat(turns.path(0).path("parts")).hasSize(3);
    assertThat(turns.path(1)).isEqualTo(json("{'role':'model','parts':[{'text':'{broken'}]}"));
    assertThat(turns.path(2)).isEqualTo(json("{'role':'user','parts':[{'text':'Mend it.'}]}"));
  }

  @Test
  void generate_leavesTheModelsTurnOut_whenItHadSaidNothing() {
    var request = sent(LLMRequests.minimal().repairing(new RepairTurn(null, "Mend it.")));

    assertThat(request.body().path("contents").findValuesAsText("role"))
        .containsExactly("user", "user");
  }

  @Test
  void generate_asksTheGivenServer_withTheGivenKey() {
    var request = sent(LLMRequests.minimal());

    assertThat(request.path()).isEqualTo("/v1beta/models/gemini-test:generateContent");
    assertThat(request.headers())
        .containsEntry("x-goog-api-key", GeminiFixture.KEY_CANARY)
        .containsEntry("host", gemini.server().baseUrl().substring("http://".length()))
        .doesNotContainKey("authorization");
  }

  @Test
  void generate_asksVertexAi_withTheAccountsToken() {
    gemini.server().replying(Reply.text("A"));
    var token = new AccessToken("CANARY-SECRET-0001", Date.from(Instant.now().plusSeconds(3600)));
    var vertex = new GeminiAuthConfig.Vertex("demo-project", "europe-west4");

    try (var client =
        GeminiClientAdapter.open(
            vertex, GoogleCredentials.create(token), URI.create(gemini.server().baseUrl()))) {
      var response = client.generate(LLMRequests.full(), GeminiFixture.AMPLE, new Cancellation());
      assertThat(response.text()).isEqualTo("A");
    }

    var request = gemini.server().request();
    assertThat(request.path())
        .isEqualTo(
            "/v1beta1/projects/demo-project/locations/europe-west4"
                + "/publishers/google/models/gemini-test:generateContent");
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer CANARY-SECRET-0001")
        .doesNotContainKey("x-goog-api-key");
    assertThat(request.body().path("generationConfig").path("responseJsonSchema"))
        .isEqualTo(json(SCHEMA));
  }

  @ParameterizedTest
  @CsvSource({
    "global, https://aiplatform.googleapis.com",
    "eu, https://aiplatform.eu.rep.googleapis.com",
    "us-central1, https://us-central1-aiplatform.googleapis.com"
  })
  void vertexUrl_isThatOfTheLocation(String location, String url) {
    assertThat(GeminiClientAdapter.vertexUrl(location)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../secrets", "m?key=x", "m&x", "m#x", "ä"})
  void generate_refusesAModelNameThatFitsInNoUrl_withoutARequest(String model) {
    var fault = gemini.failure(LLMRequests.forModel(model), GeminiFixture.AMPLE);

    assertThat(fault.error().code()).isEqualTo(ErrorCode.LLM_PROFILE_INVALID);
    assertThat(gemini.server().requests()).isEmpty();
  }

  private Captured sent(LLMRequest request) {
    gemini.server().replying(Reply.text("A"));
    gemini.generate(request);
    return gemini.server().request();
  }
}
