package io.tda.worker.llm;

import static io.tda.worker.llm.LLMRequests.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.llm.LLMResponse.ExtractionMethod;
import io.tda.worker.time.Cancellation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link LLMClient} does, whatever it gets its answers from. */
@Timeout(30)
public abstract class LLMClientContract {
  private static final Duration AMPLE = Duration.ofSeconds(20);
  private static final String OUTPUT = "CANARY-OUTPUT-PHRASE";

  /**
   * A client that answers a call with this.
   *
   * @param answer of the REST API, or {@code {'error': …}}, in single quotes
   */
  protected abstract LLMClient answering(String answer);

  /** A client whose answer does not come; empty where there is nothing to wait for. */
  protected abstract Optional<Silent> silent();

  /**
   * A client that waits in vain.
   *
   * @param awaitCall returns when the call is under way
   */
  public record Silent(LLMClient client, Runnable awaitCall) {}

  @Test
  void generate_givesTheAnswer_withAllThatWasSaidAboutIt() {
    var client =
        answering(
            """
            {'candidates': [{'content': {'parts': [{'text': 'A'}, {'text': 'B'}]},
                             'finishReason': 'STOP'}],
             'usageMetadata': {'promptTokenCount': 5, 'candidatesTokenCount': 4,
                               'thoughtsTokenCount': 3, 'cachedContentTokenCount': 2,
                               'totalTokenCount': 12},
             'modelVersion': 'gemini-test-001', 'responseId': 'r-1'}
            """);

    assertThat(call(client))
        .isEqualTo(
            new LLMResponse(
                "AB",
                ExtractionMethod.PARTS,
                "STOP",
                null,
                new TokenUsage(5, 4, 3, 2, 12),
                "gemini-test-001",
                "r-1"));
  }

  @Test
  void generate_takesABlockedPrompt_forAnAnswer() {
    var response = call(answering("{'promptFeedback': {'blockReason': 'PROHIBITED_CONTENT'}}"));

    assertThat(response.blockReason()).isEqualTo("PROHIBITED_CONTENT");
    assertThat(response.text()).isNull();
    assertThat(response.extraction()).isEqualTo(ExtractionMethod.NONE);
  }

  @Test
  void generate_carriesFinishReasonsOfLaterVersions() {
    var response = call(answering("{'candidates': [{'finishReason': 'TIRED_OF_CHARTS'}]}"));

    assertThat(response.finishReason()).isEqualTo("TIRED_OF_CHARTS");
  }

  @Test
  void generate_saysHowLongToWait_whenTheServerDoes() {
    var error = failure(answering(limited("34.5s")));

    assertThat(error.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(error.retryable()).isTrue();
    assertThat(error.retryAfter()).isEqualTo(Duration.ofMillis(34_500));
  }

  @Test
  void generate_waitsLong_whenTheQuotaIsUsedUp() {
    var error =
        failure(
            answering("{'error': {'code': 429, 'status': 'RESOURCE_EXHAUSTED', 'message': 'x'}}"));

    assertThat(error.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(error.retryAfter()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void generate_answersARepair() {
    var repair = LLMRequests.minimal().repairing(new LLMRequest.RepairTurn("{", "Mend it."));
    var client = answering("{'candidates': [{'content': {'parts': [{'text': 'mended'}]}}]}");

    var response = client.generate(repair, AMPLE, new Cancellation());

    assertThat(response.text()).isEqualTo("mended");
  }

  @Test
  void generate_doesNotStart_whenNoTimeIsLeft() {
    var client = answering("{'candidates': []}");

    assertThat(failure(client, Duration.ZERO, new Cancellation()).details())
        .containsEntry("ended", "deadline");
    assertThat(failure(client, Duration.ofSeconds(-5), new Cancellation()).code())
        .isEqualTo(ErrorCode.TIME_BUDGET_EXCEEDED);
  }

  @Test
  void generate_doesNotStart_whenCancelledBefore() {
    var cancellation = new Cancellation();
    cancellation.cancel();

    var error = failure(answering("{'candidates': []}"), AMPLE, cancellation);

    assertThat(error.code()).isEqualTo(ErrorCode.TIME_BUDGET_EXCEEDED);
    assertThat(error.retryable()).isTrue();
    assertThat(error.details()).containsEntry("ended", "cancelled");
  }

  @Test
  void generate_endsAtTheDeadline() {
    var silent = silent();
    assumeThat(silent).isPresent();
    var client = silent.orElseThrow().client();
    var begin = System.nanoTime();

    var error = failure(client, Duration.ofMillis(300), new Cancellation());

    assertThat(error.code()).isEqualTo(ErrorCode.TIME_BUDGET_EXCEEDED);
    assertThat(error.details()).containsEntry("ended", "deadline");
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(290), Duration.ofSeconds(3));
  }

  @Test
  void generate_endsAtOnce_whenCancelled() {
    var silent = silent();
    assumeThat(silent).isPresent();
    var client = silent.orElseThrow().client();
    var cancellation = new Cancellation();
    var failure = CompletableFuture.supplyAsync(() -> failure(client, AMPLE, cancellation));
    silent.orElseThrow().awaitCall().run();

    cancellation.cancel();

    assertThat(failure.orTimeout(1, SECONDS).join().details()).containsEntry("ended", "cancelled");
  }

  @Test
  void generate_keepsTheOutputOutOfTheAnswersName() {
    var response =
        call(answering("{'candidates': [{'content': {'parts': [{'text': '" + OUTPUT + "'}]}}]}"));

    assertThat(response.toString()).doesNotContain("CANARY");
  }

  @Test
  void generate_keepsTheServersWordsOutOfAFault() {
    var fault =
        fault(
            answering(
                "{'error': {'code': 400, 'status': '%s', 'message': '%s', 'details': ['%s']}}"
                    .formatted(OUTPUT, LLMRequests.PROMPT_CANARY, OUTPUT)),
            AMPLE,
            new Cancellation());

    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain("CANARY");
    }
    assertThat(fault.error().toString()).doesNotContain("CANARY");
  }

  /** A rate limit with this {@code retryDelay}. */
  protected static String limited(String delay) {
    return "{'error': {'code': 429, 'status': 'RESOURCE_EXHAUSTED', 'message': 'slow down', "
        + "'details': [{'@type': 'type.googleapis.com/google.rpc.Help'}, "
        + "{'@type': 'type.googleapis.com/google.rpc.RetryInfo', 'retryDelay': '"
        + delay
        + "'}]}}";
  }

  /** The answer, as JSON with double quotes. */
  protected static String strict(String answer) {
    return json(answer).toString();
  }

  private static LLMResponse call(LLMClient client) {
    return client.generate(LLMRequests.minimal(), AMPLE, new Cancellation());
  }

  private static StepError failure(LLMClient client) {
    return failure(client, AMPLE, new Cancellation());
  }

  private static StepError failure(LLMClient client, Duration deadline, Cancellation cancellation) {
    return fault(client, deadline, cancellation).error();
  }

  private static StepException fault(
      LLMClient client, Duration deadline, Cancellation cancellation) {
    return assertThatExceptionOfType(StepException.class)
        .isThrownBy(() -> client.generate(LLMRequests.minimal(), deadline, cancellation))
        .actual();
  }
}
