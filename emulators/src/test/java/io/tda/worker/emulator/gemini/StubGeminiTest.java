package io.tda.worker.emulator.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stub model over the wire. */
final class StubGeminiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NOT_IN_REQUESTS =
      List.of("minLength", "maxLength", "pattern", "exclusiveMinimum", "uniqueItems", "$schema");

  private final StubGemini stub = StubGemini.start();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    stub.close();
    client.close();
  }

  @Test
  void answer_meetsTheWholeSchema_whenTheRequestHasOnlyWhatTheApiKnows() throws Exception {
    var whole = exampleSchema();

    var answer = text(ask(question("LINKUSDT", "4h", projected(whole))));

    var schema = SchemaRegistry.withDialect(Dialects.getDraft202012()).getSchema(whole);
    assertThat(schema.validate(JSON.readTree(answer))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'object','required':['a'],'properties':{'a':{'type':['null','string']}}}",
        "{'type':'object','required':['a'],'properties':{'a':{'anyOf':[{'type':'integer','minimum':7},{'type':'string'}]}}}",
        "{'type':'array','prefixItems':[{'type':'string','format':'date-time'},{'type':'boolean'}],'minItems':2}",
        "{'type':'array','items':{'type':'number','exclusiveMinimum':2,'maximum':3},'minItems':3,'maxItems':3}",
        "{'$ref':'#/$defs/node','$defs':{'node':{'type':'object','required':['v'],'properties':{'v':{'const':5},'next':{'$ref':'#/$defs/node'}}}}}",
        "{'allOf':[{'type':'string','minLength':90},{'maxLength':100}]}",
        "{'required':['x']}"
      })
  void answer_meetsTheSchema(String form) throws Exception {
    var schema = JSON.readTree(form.replace('\'', '"'));

    var answer = JSON.readTree(text(ask(question("A", "1d", schema))));

    var judge = SchemaRegistry.withDialect(Dialects.getDraft202012()).getSchema(schema);
    assertThat(
            judge.validate(
                answer, context -> context.executionConfig(c -> c.formatAssertionsEnabled(true))))
        .isEmpty();
  }

  @Test
  void answer_isTheSame_whenTheQuestionIsTheSame() throws Exception {
    var question = question("LINKUSDT", "4h", exampleSchema());

    assertThat(text(ask(question))).isEqualTo(text(ask(question)));
  }

  @Test
  void answer_namesItsStep_soThatMixedUpReportsAreSeen() throws Exception {
    assertThat(text(ask(question("RUN7", "1w", exampleSchema()))))
        .contains("RUN7 1w")
        .contains("gs://in/RUN7.json");
  }

  @Test
  void calls_areRememberedByStep_withoutTheirContent() throws Exception {
    ask(question("A", "4h", exampleSchema()));
    ask(question("B", "4h", exampleSchema()));
    ask(question("B", "4h", exampleSchema()));

    assertThat(stub.callsBySubject()).isEqualTo(Map.of("A 4h", 1L, "B 4h", 2L));
    assertThat(stub.calls().getFirst())
        .isEqualTo(new ModelCall("gemini-x", "A", "4h", List.of("gs://in/A.json"), 1, false));
  }

  @Test
  void calls_tellARepairFromAFirstQuestion() throws Exception {
    var question = question("A", "4h", exampleSchema());
    question.withArray("contents").addObject().put("role", "user").putArray("parts").addObject();
    ask(question);

    assertThat(stub.calls().getFirst().repair()).isTrue();
  }

  @Test
  void next_goesToTheRequestsItIsMeantFor() throws Exception {
    stub.next(call -> call.symbol().equals("B"), ModelReply.parseAll("503,invalid"));

    assertThat(ask(question("A", "4h", exampleSchema())).statusCode()).isEqualTo(200);
    assertThat(ask(question("B", "4h", exampleSchema())).statusCode()).isEqualTo(503);
    assertThat(text(ask(question("B", "4h", exampleSchema())))).isEqualTo("{}");
    assertThat(text(ask(question("B", "4h", exampleSchema())))).contains("summary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429      | 429 | /error/status | RESOURCE_EXHAUSTED",
        "429:7    | 429 | /error/details/0/retryDelay | 7s",
        "500      | 500 | /error/code | 500",
        "404      | 404 | /error/status | NOT_FOUND",
        "truncated| 200 | /candidates/0/finishReason | MAX_TOKENS",
        "silent   | 200 | /candidates/0/finishReason | STOP",
        "withheld | 200 | /candidates/0/finishReason | SAFETY",
        "blocked  | 200 | /promptFeedback/blockReason | SAFETY",
        "not-json | 200 | /candidates/0/content/parts/0/text | I would rather not.",
        "late:0   | 200 | /candidates/0/finishReason | STOP"
      })
  void next_isServedInTheApisForm(String form, int status, String pointer, String value)
      throws Exception {
    stub.next(ModelReply.parse(form));
    var reply = ask(question("A", "4h", exampleSchema()));

    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(reply.body()).at(pointer).asText()).isEqualTo(value);
  }

  @Test
  void answer_endsEarly_whenItHasMoreTokensThanAreAllowed() throws Exception {
    var question = question("A", "4h", exampleSchema());
    question.withObject("/generationConfig").put("maxOutputTokens", 8);

    var reply = ask(question);

    assertThat(JSON.readTree(reply.body()).at("/candidates/0/finishReason").asText())
        .isEqualTo("MAX_TOKENS");
    assertThat(JSON.readTree(reply.body()).at("/usageMetadata/candidatesTokenCount").asInt())
        .isEqualTo(8);
    assertThat(text(reply)).startsWith("{").doesNotEndWith("}");
  }

  @Test
  void fenced_isAValidAnswerInAFence() throws Exception {
    stub.next(new ModelReply.Fenced());

    assertThat(text(ask(question("A", "4h", exampleSchema()))))
        .startsWith("```json\n{")
        .endsWith("}\n```");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stalled", "stalled-body"})
  void stall_endsOnlyWithTheCallersPatience(String form) {
    stub.next(ModelReply.parse(form));

    // The whole answer: a request's own timeout ends with the answer's head.
    assertThatThrownBy(() ->
            client
                .sendAsync(request(question("A", "4h", exampleSchema())), BodyHandlers.ofString())
                .get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dropped", "cut-off"})
  void aBrokenConnection_isNoAnswer(String form) {
    stub.next(ModelReply.parse(form));

    assertThatThrownBy(() -> ask(question("A", "4h", exampleSchema())))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void latency_isTheLeastThatAnAnswerTakes() throws Exception {
    stub.latency(Duration.ofMillis(150));
    long start = System.nanoTime();
    ask(question("A", "4h", exampleSchema()));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(149));
  }

  @Test
  void anotherProcess_ordersRepliesAndReadsCounts() throws Exception {
    var ordered = post("/stub/next", "503, valid");
    ask(question("A", "4h", exampleSchema()));

    assertThat(ordered.statusCode()).isEqualTo(200);
    assertThat(post("/stub/calls", "").body()).isEqualTo("{\"A 4h\":1}");
    assertThat(post("/stub/next", "nonsense").statusCode()).isEqualTo(400);
    assertThat(post("/elsewhere", "").statusCode()).isEqualTo(404);
  }

  private static ObjectNode question(String symbol, String timeframe, JsonNode schema) {
    var question = JSON.createObjectNode();
    var parts = question.putArray("contents").addObject().put("role", "user").putArray("parts");
    parts
        .addObject()
        .put(
            "text",
            """
            Write. Symbol: none

            ## UserInput
            Symbol: %s
            Timeframe: %s

            <context>
              <source>gs://in/%s.json</source>
            </context>\
            """
                .formatted(symbol, timeframe, symbol));
    parts.addObject().putObject("inlineData").put("mimeType", "image/png");
    question.putObject("generationConfig").set("responseJsonSchema", schema);
    return question;
  }

  private HttpResponse<String> ask(JsonNode question) throws IOException, InterruptedException {
    return client.send(request(question), BodyHandlers.ofString());
  }

  private HttpRequest request(JsonNode question) {
    return HttpRequest.newBuilder(
            stub.endpoint().resolve("/v1beta/models/gemini-x:generateContent"))
        .timeout(Duration.ofSeconds(20))
        .POST(BodyPublishers.ofString(question.toString()))
        .build();
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    var uri = URI.create(stub.endpoint() + path);
    return client.send(
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static String text(HttpResponse<String> reply) throws IOException {
    return JSON.readTree(reply.body()).at("/candidates/0/content/parts/0/text").asText();
  }

  private static JsonNode exampleSchema() throws IOException {
    var name = "/contracts/example-run/llm_schemas/llm_schema_4h_report_v1_0.json";
    try (var stream = StubGeminiTest.class.getResourceAsStream(name)) {
      assertThat(stream).isNotNull();
      return JSON.readTree(new String(stream.readAllBytes(), UTF_8)).path("jsonSchema");
    }
  }

  /** Without what the model API does not know. */
  private static JsonNode projected(JsonNode schema) {
    var copy = schema.deepCopy();
    for (var parent : copy.findParents("type")) {
      ((ObjectNode) parent).remove(NOT_IN_REQUESTS);
    }
    ((ObjectNode) copy).remove(NOT_IN_REQUESTS);
    return copy;
  }
}
