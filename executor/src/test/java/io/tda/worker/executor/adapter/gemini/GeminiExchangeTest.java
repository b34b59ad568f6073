package io.tda.worker.executor.adapter.gemini;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.executor.adapter.gemini.StubGeminiServer.Captured;
import io.tda.worker.executor.adapter.gemini.StubGeminiServer.Reply;
import io.tda.worker.flow.StepException;
import io.tda.worker.llm.LLMRequests;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.time.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many calls at once, and how they are ended from outside. */
@Timeout(60)
final class GeminiExchangeTest {
  private static final int MANY = 64;

  private final GeminiFixture gemini = new GeminiFixture();

  @AfterEach
  void close() {
    gemini.close();
  }

  static List<Reply> silences() {
    return List.of(new Reply.Stall(), new Reply.HeadersThenStall(100), new Reply.Drip());
  }

  @Test
  void generate_givesEachOfManyCallersItsOwnAnswer() throws Exception {
    gemini.server().otherwise(GeminiExchangeTest::echo);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, MANY)
              .mapToObj(number -> threads.submit(() -> ask("call " + number)))
              .toList();
      for (int number = 0; number < MANY; number++) {
        assertThat(answers.get(number).get()).isEqualTo("echo of call " + number);
      }
    }
    assertThat(gemini.server().requests()).hasSize(MANY);
  }

  @Test
  void cancel_endsItsOwnCallOnly_amongMany() throws Exception {
    gemini
        .server()
        .otherwise(request -> text(request).endsWith("7") ? new Reply.Stall() : echo(request));
    var cancellation = new Cancellation();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 10)
              .mapToObj(number -> threads.submit(() -> endOf("call " + number, cancellation)))
              .toList();
      IntStream.range(0, 10).forEach(_ -> gemini.server().awaitRequest());
      for (int number : List.of(0, 1, 2, 3, 4, 5, 6, 8, 9)) {
        assertThat(answers.get(number).get()).isEqualTo("echo of call " + number);
      }
      cancellation.cancel();
      assertThat(answers.get(7).get(1, SECONDS)).isEqualTo("cancelled");
    }
  }

  @ParameterizedTest
  @MethodSource("silences")
  void cancel_endsTheCallAtOnce_howeverTheServerIsSilent(Reply silence) {
    gemini.server().replying(silence);
    var cancellation = new Cancellation();
    var end = CompletableFuture.supplyAsync(() -> endOf("x", cancellation));
    gemini.server().awaitRequest();

    cancellation.cancel();

    assertThat(end.orTimeout(1, SECONDS).join()).isEqualTo("cancelled");
  }

  @Test
  void cancel_closesTheConnection() throws Exception {
    gemini.server().replying(new Reply.Drip());
    var cancellation = new Cancellation();
    var end = CompletableFuture.supplyAsync(() -> endOf("x", cancellation));
    gemini.server().awaitRequest();

    cancellation.cancel();

    assertThat(gemini.server().awaitHangUp()).isTrue();
    assertThat(end.join()).isEqualTo("cancelled");
  }

  @Test
  void generate_closesTheConnection_atTheDeadline() throws Exception {
    gemini.answer(Reply.text("A"));

    gemini.failure(new Reply.Drip(), Duration.ofMillis(500));

    assertThat(gemini.server().awaitHangUp()).isTrue();
  }

  @Test
  @Timeout(5)
  void await_endsAtTheDeadline_evenIfTheSdkDoesNot() {
    var never = new CountDownLatch(1);

    var end = endOf(() -> new GeminiExchange().await(Duration.ofMillis(50), () -> wait(never)));

    never.countDown();
    assertThat(end).isEqualTo("deadline");
  }

  @Test
  void started_endsACall_thatComesTooLate() {
    var exchange = new GeminiExchange();
    exchange.cancel();
    var http = new OkHttpClient();
    var call = http.newCall(new Request.Builder().url(gemini.server().baseUrl()).build());

    exchange.started(call);

    assertThat(call.isCanceled()).isTrue();
    assertThat(gemini.server().requests()).isEmpty();
  }

  @Test
  void interrupt_endsTheCallAtOnce_andIsPassedOn() throws Exception {
    gemini.server().replying(new Reply.Stall());
    var interrupted = new CompletableFuture<Boolean>();
    var caller =
        Thread.ofVirtual()
            .start(() -> {
              endOf("x", new Cancellation());
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    gemini.server().awaitRequest();

    caller.interrupt();

    assertThat(interrupted.get(1, SECONDS)).isTrue();
  }

  @Test
  void close_endsCallsThatAreUnderWay() throws Exception {
    gemini.server().replying(new Reply.Stall());
    Future<String> end = CompletableFuture.supplyAsync(() -> endOf("x", new Cancellation()));
    gemini.server().awaitRequest();

    gemini.client().close();

    assertThat(end.get(2, SECONDS)).isEqualTo("null");
  }

  @Test
  void generate_leavesNothingBehind_onTheCancellation() {
    var cancellation = new Cancellation();
    gemini.server().replying(Reply.text("A"), Reply.text("B"));
    var request = LLMRequests.minimal();

    gemini.client().generate(request, GeminiFixture.AMPLE, cancellation);
    cancellation.cancel();
    var second = gemini.client().generate(request, GeminiFixture.AMPLE, new Cancellation());

    assertThat(second.text()).isEqualTo("B");
  }

  @Test
  void generate_leavesNoThreadBehind() {
    try (var own = new GeminiFixture()) {
      own.answer(Reply.text("A"));
      own.failure(new Reply.Stall(), Duration.ofMillis(100));
    }

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !thread.isDaemon())
        .noneMatch(thread -> thread.getName().startsWith("OkHttp"));
  }

  private String ask(String text) {
    var answer = gemini.generate(LLMRequests.saying(text)).text();
    return answer == null ? "nothing" : answer;
  }

  private String endOf(String text, Cancellation cancellation) {
    var request = LLMRequests.saying(text);
    return endOf(() -> gemini.client().generate(request, GeminiFixture.AMPLE, cancellation));
  }

  private static String endOf(Supplier<LLMResponse> call) {
    try {
      return String.valueOf(call.get().text());
    } catch (StepException e) {
      return String.valueOf(e.error().details().get("ended"));
    }
  }

  private static LLMResponse wait(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("nobody waits for this");
  }

  private static Reply echo(Captured request) {
    return Reply.text("echo of " + text(request));
  }

  private static String text(Captured request) {
    return request.body().at("/contents/0/parts/0/text").asText();
  }
}
