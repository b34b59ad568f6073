package io.tda.worker.executor.adapter.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tda.worker.llm.LLMRequests;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A stand-in for the model API on a local port: answers as it is told, misbehaves as it is told,
 * and remembers what it was asked.
 */
public final class StubGeminiServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<Reply> script = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Captured> requests = new ConcurrentLinkedQueue<>();
  private final Semaphore arrivals = new Semaphore(0);
  private final Semaphore hangUps = new Semaphore(0);
  private volatile Function<Captured, Reply> otherwise = _ -> Reply.json(500, "{}");

  /** One way to treat a request. */
  public sealed interface Reply {
    /** A whole answer. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Whole(int status, byte[] body, Map<String, String> headers) implements Reply {}

    /** No answer, and the connection stays open. */
    record Stall() implements Reply {}

    /**
     * 200, headers, the first byte of a body, and no more.
     *
     * @param announced the body's length as the headers have it
     */
    record HeadersThenStall(long announced) implements Reply {}

    /** A body that comes byte by byte, and never ends. */
    record Drip() implements Reply {}

    /** No answer, and the connection is closed. */
    record Drop() implements Reply {}

    /** A body that is shorter than announced. */
    record Truncated(String body) implements Reply {}

    /** A whole answer in JSON; single quotes stand for double ones. */
    static Reply json(int status, String body) {
      return new Whole(
          status,
          body.replace('\'', '"').getBytes(UTF_8),
          Map.of("Content-Type", "application/json"));
    }

    /** A model's answer of one part. */
    static Reply text(String text) {
      return json(200, "{'candidates': [{'content': {'parts': [{'text': '" + text + "'}]}}]}");
    }
  }

  /**
   * A request as it arrived.
   *
   * @param headers names in lower case
   * @param body missing where there was none
   */
  public record Captured(String path, Map<String, String> headers, JsonNode body) {}

  private StubGeminiServer(HttpServer server) {
    this.server = server;
  }

  /** Starts one on a free port of the loopback interface. */
  public static StubGeminiServer start() {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var stub = new StubGeminiServer(HttpServer.create(address, 0));
      stub.server.createContext("/", stub::handle);
      stub.server.setExecutor(stub.threads);
      stub.server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds to what is replied, in this order, before anything else. */
  public StubGeminiServer replying(Reply... replies) {
    script.addAll(List.of(replies));
    return this;
  }

  /** Says what is replied when the script has ended. */
  public StubGeminiServer otherwise(Function<Captured, Reply> reply) {
    otherwise = reply;
    return this;
  }

  /** The address to give to a client. */
  public String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All requests so far. */
  public List<Captured> requests() {
    return List.copyOf(requests);
  }

  /** Waits for a request that nobody has waited for yet. */
  public void awaitRequest() {
    arrivals.acquireUninterruptibly();
  }

  /** Whether a caller closes the connection of a {@link Reply.Drip} within a second. */
  public boolean awaitHangUp() throws InterruptedException {
    return hangUps.tryAcquire(1, SECONDS);
  }

  /** The only request. */
  public Captured request() {
    if (requests.size() != 1) {
      throw new AssertionError("not one request but " + requests.size());
    }
    return requests().getFirst();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var captured = capture(exchange);
      requests.add(captured);
      arrivals.release();
      var scripted = script.poll();
      send(exchange, scripted == null ? otherwise.apply(captured) : scripted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Captured capture(HttpExchange exchange) throws IOException {
    var headers =
        exchange.getRequestHeaders().entrySet().stream()
            .collect(
                Collectors.toMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT),
                    header -> String.join(",", header.getValue())));
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    return new Captured(
        exchange.getRequestURI().toString(),
        headers,
        body.isEmpty() ? MissingNode.getInstance() : LLMRequests.exactJson(body));
  }

  private void send(HttpExchange exchange, Reply reply) throws IOException, InterruptedException {
    switch (reply) {
      case Reply.Whole(var status, var body, var headers) -> {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
      case Reply.Stall() -> closed.await();
      case Reply.HeadersThenStall(var announced) -> {
        begin(exchange, announced);
        closed.await();
      }
      case Reply.Drip() -> {
        begin(exchange, 1_000_000);
        drip(exchange.getResponseBody());
      }
      case Reply.Drop() -> {}
      case Reply.Truncated(var body) -> {
        exchange.sendResponseHeaders(200, body.length() + 100L);
        exchange.getResponseBody().write(body.getBytes(UTF_8));
        exchange.getResponseBody().flush();
      }
    }
  }

  private void drip(OutputStream body) throws InterruptedException {
    try {
      while (!closed.await(10, MILLISECONDS)) {
        body.write(' ');
        body.flush();
      }
    } catch (IOException e) {
      hangUps.release();
    }
  }

  private static void begin(HttpExchange exchange, long announced) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, announced);
    exchange.getResponseBody().write('{');
    exchange.getResponseBody().flush();
  }
}
