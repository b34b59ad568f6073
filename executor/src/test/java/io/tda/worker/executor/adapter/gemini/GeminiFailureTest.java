package io.tda.worker.executor.adapter.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.executor.adapter.gemini.StubGeminiServer.Reply;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.llm.LLMRequests;
import io.tda.worker.time.Cancellation;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How calls fail, and that each failure costs one request and tells nothing. */
@Timeout(30)
final class GeminiFailureTest {
  private static final String ECHO =
      "{'error': {'code': %d, 'status': '%s', 'message': "
          + "'CANARY-SECRET-0001 CANARY-PROMPT-PHRASE', 'details': ["
          + "{'@type': 'type.googleapis.com/google.rpc.ErrorInfo', 'reason': '%s'}]}}";
  private static final Duration SHORT = Duration.ofMillis(400);

  private final GeminiFixture gemini = new GeminiFixture();

  @AfterEach
  void close() {
    gemini.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_ARGUMENT, -, LLM_PROFILE_INVALID, false",
    "400, INVALID_ARGUMENT, API_KEY_INVALID, LLM_AUTH_FAILED, false",
    "401, UNAUTHENTICATED, -, LLM_AUTH_FAILED, false",
    "403, PERMISSION_DENIED, -, LLM_AUTH_FAILED, false",
    "404, NOT_FOUND, -, LLM_PROFILE_INVALID, false",
    "429, RESOURCE_EXHAUSTED, -, RATE_LIMITED, true",
    "500, INTERNAL, -, GEMINI_REQUEST_FAILED, true",
    "503, UNAVAILABLE, -, GEMINI_REQUEST_FAILED, true",
    "504, DEADLINE_EXCEEDED, -, GEMINI_REQUEST_FAILED, true",
  })
  void generate_namesARefusal_byItsStatus(
      int http, String status, String reason, ErrorCode code, boolean retryable) {
    var fault = gemini.failure(Reply.json(http, ECHO.formatted(http, status, reason)));

    assertThat(fault.error().code()).isEqualTo(code);
    assertThat(fault.error().retryable()).isEqualTo(retryable);
    assertThat(fault.error().details())
        .containsEntry("httpStatus", http)
        .containsEntry("status", status);
    assertThatNothingLeaks(fault);
    assertThat(gemini.server().requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 408, 421, 429, 500, 502, 503})
  void generate_sendsOnce_evenIfTheServerAsksToComeBackAtOnce(int http) {
    gemini.failure(new Reply.Whole(http, "{}".getBytes(UTF_8), Map.of("Retry-After", "0")));

    assertThat(gemini.server().requests()).hasSize(1);
  }

  @Test
  void generate_leavesAStatusOutThatIsNotOfTheKnownSet() {
    var fault = gemini.failure(Reply.json(500, ECHO.formatted(500, "CANARY-OUTPUT-PHRASE", "-")));

    assertThat(fault.error().details()).containsOnlyKeys("httpStatus");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>CANARY-SECRET-0001</html>", "[{'error': {'code': 1}}]", "7"})
  void generate_names_aRefusalWithoutJson(String body) {
    var fault = gemini.failure(Reply.json(503, body));

    assertThat(fault.error())
        .isEqualTo(
            StepError.of(
                ErrorCode.GEMINI_REQUEST_FAILED,
                "the model API failed",
                Map.<String, Object>of("httpStatus", 503)));
    assertThatNothingLeaks(fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{'candidates': [",
        "CANARY-OUTPUT-PHRASE",
        "[]",
        "null",
        "'text'",
        "{'candidates': 7}",
        "{'candidates': []} {}",
        "{'a': 1, 'a': 2}"
      })
  void generate_fails_whenTheAnswerIsMalformed(String body) {
    var fault = gemini.failure(Reply.json(200, body));

    assertThat(fault.error().code()).isEqualTo(ErrorCode.GEMINI_REQUEST_FAILED);
    assertThat(fault.error().message()).isEqualTo("the answer of the model API is malformed");
    assertThatNothingLeaks(fault);
    assertThat(gemini.server().requests()).hasSize(1);
  }

  @Test
  void generate_fails_whenTheConnectionIsDropped() {
    var fault = gemini.failure(new Reply.Drop());

    assertThat(fault.error().code()).isEqualTo(ErrorCode.GEMINI_REQUEST_FAILED);
    assertThat(gemini.server().requests()).hasSize(1);
  }

  @Test
  void generate_doesNotResend_whenAReusedConnectionIsDropped() {
    gemini.answer(Reply.text("A"));

    var fault = gemini.failure(new Reply.Drop());

    assertThat(fault.error().code()).isEqualTo(ErrorCode.GEMINI_REQUEST_FAILED);
    assertThat(gemini.server().requests()).hasSize(2);
  }

  @Test
  void generate_fails_whenTheAnswerIsCutOff() {
    var fault = gemini.failure(new Reply.Truncated("{\"CANARY-OUTPUT-PHRASE\": "));

    assertThat(fault.error().code()).isEqualTo(ErrorCode.GEMINI_REQUEST_FAILED);
    assertThatNothingLeaks(fault);
    assertThat(gemini.server().requests()).hasSize(1);
  }

  @Test
  void generate_fails_whenNobodyListens() throws IOException {
    var url = "http://127.0.0.1:" + unusedPort();
    try (var client = GeminiFixture.client(url)) {
      var fault = failure(client, GeminiFixture.AMPLE);

      assertThat(fault.error().code()).isEqualTo(ErrorCode.GEMINI_REQUEST_FAILED);
      assertThat(fault.error().details()).containsEntry("fault", "ConnectException");
    }
  }

  @Test
  void generate_endsAtTheDeadline_whenTheServerNeverAccepts() throws IOException {
    try (var socket = new ServerSocket(0);
        var client = GeminiFixture.client("http://127.0.0.1:" + socket.getLocalPort())) {
      assertThatItEndsInTime(() -> failure(client, SHORT));
    }
  }

  @Test
  void generate_endsAtTheDeadline_whenTheServerStalls() {
    assertThatItEndsInTime(() -> gemini.failure(new Reply.Stall(), SHORT));
  }

  @Test
  void generate_endsAtTheDeadline_whenTheServerSendsHeadersAndStalls() {
    assertThatItEndsInTime(() -> gemini.failure(new Reply.HeadersThenStall(100), SHORT));
  }

  @Test
  void generate_endsAtTheDeadline_whenTheAnswerOnlyDrips() {
    assertThatItEndsInTime(() -> gemini.failure(new Reply.Drip(), SHORT));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void generate_doesNotFollowARedirect_soThatTheKeyStays(int http) {
    try (var elsewhere = StubGeminiServer.start()) {
      var location = Map.of("Location", elsewhere.baseUrl() + "/v1beta/models/x:generateContent");

      var fault = gemini.failure(new Reply.Whole(http, new byte[0], location));

      assertThat(fault.error().code()).isEqualTo(ErrorCode.GEMINI_REQUEST_FAILED);
      assertThat(elsewhere.requests()).isEmpty();
      assertThat(gemini.server().requests()).hasSize(1);
    }
  }

  @Test
  void generate_readsAnAnswerOfTenMegabytes() {
    var response = gemini.answer(Reply.text("x".repeat(10 << 20)));

    assertThat(response.text()).hasSize(10 << 20);
  }

  @Test
  void generate_doesNotReadAnAnswer_thatIsAnnouncedTooLarge() {
    var fault = gemini.failure(new Reply.HeadersThenStall(GeminiWire.MAX_ANSWER_BYTES + 1));

    assertThat(fault.error().code()).isEqualTo(ErrorCode.GEMINI_REQUEST_FAILED);
    assertThat(fault.error().message()).isEqualTo("the answer of the model API is too large");
    assertThat(gemini.server().requests()).hasSize(1);
  }

  @Test
  void generate_stopsReading_whenAnAnswerTurnsOutTooLarge() {
    var zipped = Gzip.spaces(GeminiWire.MAX_ANSWER_BYTES + 1);

    var fault = gemini.failure(new Reply.Whole(200, zipped, Map.of("Content-Encoding", "gzip")));

    assertThat(fault.error().message()).isEqualTo("the answer of the model API is too large");
  }

  private static StepException failure(GeminiClientAdapter client, Duration deadline) {
    try {
      client.generate(LLMRequests.minimal(), deadline, new Cancellation());
    } catch (StepException e) {
      return e;
    }
    throw new AssertionError("the call did not fail");
  }

  private static void assertThatItEndsInTime(Supplier<StepException> call) {
    var begin = System.nanoTime();
    var error = call.get().error();

    assertThat(error.code()).isEqualTo(ErrorCode.TIME_BUDGET_EXCEEDED);
    assertThat(error.details()).containsEntry("ended", "deadline");
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(SHORT.minusMillis(10), SHORT.plusSeconds(2));
  }

  private static void assertThatNothingLeaks(StepException fault) {
    assertThat(fault.error().toString()).doesNotContain("CANARY");
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain("CANARY");
    }
  }

  private static int unusedPort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
