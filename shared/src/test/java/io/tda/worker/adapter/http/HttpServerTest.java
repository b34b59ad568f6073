package io.tda.worker.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.log.OutputEvent.PushFinished;
import io.tda.worker.log.RecordingEventLogger;
import io.tda.worker.log.ServiceEvent.InternalError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpServerTest {
  private static final int LIMIT = 1_000;
  private static final String CANARY = "canary-3f1c";

  private final RecordingEventLogger log = new RecordingEventLogger();
  private final Draining draining = new Draining();
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile PostHandler handler = _ -> Answer.DONE;
  private volatile CallerCheck callers = CallerCheck.NONE;
  private final HttpServer server = start(JettySettings.DEFAULT);

  private HttpServer start(JettySettings settings) {
    var edge = new HttpEdge(LIMIT, Duration.ofSeconds(20), it -> callers.check(it), draining, log);
    return HttpServer.start(0, edge, Map.of("/push", call -> handler.handle(call)), settings);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void post_givesWhatTheHandlerAnswers() throws Exception {
    handler = call -> Answer.json("{\"bytes\":" + call.body().length + "}");
    var response = post("x".repeat(LIMIT));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"bytes\":1000}");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.headers().map()).doesNotContainKey("server");
  }

  @Test
  void post_isHandledByAVirtualThread() throws Exception {
    handler = _ -> Answer.json(String.valueOf(Thread.currentThread().isVirtual()));
    assertThat(post("").body()).isEqualTo("true");
  }

  @Test
  void post_givesHeadersInAnyCase() throws Exception {
    handler = call -> Answer.json(String.valueOf(call.header("X-oNe")));
    var request = request("/push").header("x-One", "1").POST(BodyPublishers.noBody()).build();
    assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("1");
  }

  @Test
  void post_isTooLarge_withoutWaitingForTheBodyThatIsAnnounced() throws IOException {
    try (var raw = new RawClient(server.port())) {
      raw.send("POST /push HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
      assertThat(raw.statusLine()).startsWith("HTTP/1.1 413");
    }
    assertThat(log.events(PushFinished.class)).containsExactly(new PushFinished(413));
  }

  @Test
  void post_isTooLarge_withoutWaitingForTheEndOfAChunkedBody() throws IOException {
    try (var raw = new RawClient(server.port())) {
      raw.send("POST /push HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      raw.send("3e9\r\n" + "x".repeat(LIMIT + 1) + "\r\n");
      assertThat(raw.statusLine()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void connection_isClosed_whenTheClientFallsSilent() throws IOException {
    try (var impatient = start(new JettySettings(Duration.ofMillis(200), Duration.ofSeconds(1)));
        var inHeaders = new RawClient(impatient.port());
        var inBody = new RawClient(impatient.port())) {
      inHeaders.send("POST /push HTTP/1.1\r\nHost:");
      inBody.send("POST /push HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nx");
      inHeaders.untilClosed();
      assertThat(inBody.untilClosed()).startsWith("HTTP/1.1 408");
    }
  }

  @Test
  void connection_isClosedWithoutAWord_whenItIsNoHttp() throws IOException {
    try (var raw = new RawClient(server.port())) {
      raw.send("GET /" + CANARY + " SPDY/9\r\n\r\n");
      assertThat(raw.untilClosed()).startsWith("HTTP/1.1 ").doesNotContain(CANARY, "html", "etty");
    }
  }

  @Test
  void post_comesAgain_whenTheHandlerHasABug() throws Exception {
    handler =
        _ -> {
          throw new IllegalStateException(CANARY);
        };
    var response = post(CANARY);
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEmpty();
    assertThat(log.events(InternalError.class)).hasSize(1);
    assertThat(log.entries().toString()).doesNotContain(CANARY);
  }

  @Test
  void post_comesAgain_whenTheHandlerRunsOutOfStack() throws Exception {
    handler = HttpServerTest::forEver;
    assertThat(post("").statusCode()).isEqualTo(503);
    assertThat(log.events(InternalError.class)).hasSize(1);
  }

  @SuppressWarnings("InfiniteRecursion") // that is the point
  private static Answer forEver(HttpCall call) {
    return forEver(call);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/push,405",
    "PUT,/push,405",
    "POST,/pushy,404",
    "GET,/,404",
    "POST,/health/live,405"
  })
  void others_areTurnedAwayQuietly(String method, String path, int status) throws Exception {
    var request = request(path).method(method, BodyPublishers.noBody()).build();
    var response = client.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEmpty();
    assertThat(log.entries()).isEmpty();
  }

  @Test
  void callers_areJudgedBeforeTheBodyIsRead() throws Exception {
    handler =
        _ -> {
          throw new AssertionError("was called");
        };
    callers = _ -> new CallerCheck.Verdict.Unauthorized();
    assertThat(post("").statusCode()).isEqualTo(401);
    callers = _ -> new CallerCheck.Verdict.Forbidden();
    assertThat(post("").statusCode()).isEqualTo(403);
    callers = _ -> new CallerCheck.Verdict.Unknown();
    assertThat(post("").statusCode()).isEqualTo(503);
    assertThat(log.events(PushFinished.class))
        .extracting(PushFinished::status)
        .containsExactly(401, 403, 503);
  }

  @Test
  void callers_areJudgedByTheirToken_whichIsNotLogged() throws Exception {
    callers =
        token ->
            ("Bearer " + CANARY).equals(token)
                ? new CallerCheck.Verdict.Forbidden()
                : new CallerCheck.Verdict.Allowed();
    var request = request("/push").header("Authorization", "Bearer " + CANARY);
    var response =
        client.send(request.POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(log.entries().toString()).doesNotContain(CANARY);
  }

  @Test
  void draining_turnsReadinessRed_andTakesNoWork() throws Exception {
    assertThat(get("/health/ready")).isEqualTo(204);
    draining.begin();
    assertThat(get("/health/ready")).isEqualTo(503);
    assertThat(get("/health/live")).isEqualTo(204);
    assertThat(post("").statusCode()).isEqualTo(503);
  }

  @Test
  void close_waitsForTheAnswerThatIsUnderWay() throws Exception {
    var entered = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    handler =
        _ -> {
          entered.countDown();
          await(released);
          return Answer.json("answered");
        };
    var answer =
        client.sendAsync(
            request("/push").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    await(entered);
    // Asked before: a server that is closed no longer knows its port.
    int port = server.port();
    var closing = CompletableFuture.runAsync(server::close);
    untilNobodyListens(port);
    assertThat(closing).isNotDone();
    released.countDown();
    assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("answered");
    closing.get(20, TimeUnit.SECONDS);
  }

  @Test
  void close_doesNotWaitForEver() throws Exception {
    var entered = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    handler =
        _ -> {
          entered.countDown();
          await(released);
          return Answer.DONE;
        };
    var hasty = start(new JettySettings(Duration.ofSeconds(30), Duration.ofMillis(100)));
    try (var raw = new RawClient(hasty.port())) {
      raw.send("POST /push HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
      await(entered);
      assertThat(CompletableFuture.runAsync(hasty::close)).succeedsWithin(Duration.ofSeconds(20));
    } finally {
      released.countDown();
    }
  }

  private static void untilNobodyListens(int port) throws IOException {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < end) {
      try (var _ = new RawClient(port)) {
        Thread.onSpinWait();
      } catch (ConnectException _) {
        return;
      }
    }
    throw new AssertionError("it still listens");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private int get(String path) throws Exception {
    var request = request(path).GET().build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }

  private HttpResponse<String> post(String body) throws Exception {
    return client.send(
        request("/push").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }
}
