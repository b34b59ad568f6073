package io.tda.worker.emulator.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tda.worker.emulator.gemini.ModelReply.CutOff;
import io.tda.worker.emulator.gemini.ModelReply.Dropped;
import io.tda.worker.emulator.gemini.ModelReply.Failed;
import io.tda.worker.emulator.gemini.ModelReply.Late;
import io.tda.worker.emulator.gemini.ModelReply.RateLimited;
import io.tda.worker.emulator.gemini.ModelReply.Said;
import io.tda.worker.emulator.gemini.ModelReply.Stalled;
import io.tda.worker.emulator.gemini.ModelReply.StalledBody;
import io.tda.worker.emulator.gemini.ModelReply.Valid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stands in for the Gemini API on a port of 127.0.0.1: answers each request with a document that
 * meets its {@code responseJsonSchema}, after a latency, and misbehaves where that was ordered. A
 * valid answer ends early where {@code maxOutputTokens} is too small for it. It remembers which
 * requests came, but not their content.
 */
public final class StubGemini implements AutoCloseable {
  static {
    // Read once by the JDK's server. Without it an answer of two packets takes 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH = Pattern.compile("/.*models/([^/:]+):generateContent");
  private static final int BACKLOG = 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<ModelCall> calls = new ConcurrentLinkedQueue<>();
  private final AtomicLong answers = new AtomicLong();
  private final ReplyScript script = new ReplyScript();
  private volatile Duration latency = Duration.ZERO;

  private StubGemini(HttpServer server) {
    this.server = server;
  }

  /** Starts one on a port that the system chooses. */
  public static StubGemini start() {
    return start(0);
  }

  /** Starts one on this port of 127.0.0.1. */
  public static StubGemini start(int port) {
    try {
      var address =
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
      var stub = new StubGemini(HttpServer.create(address, BACKLOG));
      stub.server.setExecutor(stub.threads);
      stub.server.createContext("/", stub::exchange);
      stub.server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code GEMINI_BASE_URL} has to be for clients to come here. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How long each answer takes from now on. */
  public StubGemini latency(Duration duration) {
    latency = duration;
    return this;
  }

  /** Orders replies for the next requests, one each; after them answers are valid again. */
  public StubGemini next(ModelReply... replies) {
    return next(_ -> true, replies);
  }

  /** Orders replies for the next requests of a kind; the first order that fits is taken. */
  public StubGemini next(Predicate<ModelCall> which, ModelReply... replies) {
    script.add(which, List.of(replies));
    return this;
  }

  /** The requests so far, in the order of their arrival, whatever became of them. */
  public List<ModelCall> calls() {
    return List.copyOf(calls);
  }

  /** How many requests came for each {@link ModelCall#subject()}. */
  public Map<String, Long> callsBySubject() {
    return calls.stream().collect(Collectors.groupingBy(ModelCall::subject, Collectors.counting()));
  }

  /** Ends it; requests that are under way stay without an answer. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var bytes = exchange.getRequestBody().readAllBytes();
      var model = PATH.matcher(path);
      if (model.matches()) {
        var body = JSON.readTree(bytes);
        var call = ModelCall.of(model.group(1), body);
        calls.add(call);
        reply(exchange, call, body.path("generationConfig"));
      } else {
        control(exchange, path, new String(bytes, UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reply(HttpExchange exchange, ModelCall call, JsonNode config)
      throws IOException, InterruptedException {
    var reply = script.take(call);
    pause(latency);
    switch (reply) {
      case RateLimited(var after) -> send(exchange, 429, AnswerJson.error(429, after));
      case Failed(var status) -> send(exchange, status, AnswerJson.error(status, null));
      case Stalled _ -> closed.await();
      case StalledBody _ -> {
        begin(exchange, "{");
        closed.await();
      }
      case Dropped _ -> {}
      case CutOff _ -> begin(exchange, "{\"candidates\":[{\"content\":");
      case Late(var delay) -> {
        pause(delay);
        send(exchange, 200, answer(call, config, new Valid()));
      }
      case Said said -> send(exchange, 200, answer(call, config, said));
    }
  }

  /** For those who cannot call methods: another process, a person with curl. */
  private void control(HttpExchange exchange, String path, String body) throws IOException {
    switch (path) {
      case "/stub/calls" -> send(exchange, 200, JSON.writeValueAsString(callsBySubject()));
      case "/stub/next" -> {
        try {
          next(ModelReply.parseAll(body));
          send(exchange, 200, "{}");
        } catch (IllegalArgumentException e) {
          send(exchange, 400, AnswerJson.error(400, null));
        }
      }
      default -> send(exchange, 404, AnswerJson.error(404, null));
    }
  }

  private String answer(ModelCall call, JsonNode config, Said said) {
    var schema = config.path("responseJsonSchema");
    var valid = SchemaInstance.of(schema, new SampleText(call)).toString();
    var limit = config.path("maxOutputTokens").asInt(Integer.MAX_VALUE);
    var number = answers.incrementAndGet();
    return said instanceof Valid
        ? AnswerJson.within(call.model(), valid, limit, number)
        : AnswerJson.of(call.model(), valid, said, number);
  }

  private void pause(Duration duration) throws InterruptedException {
    if (duration.isPositive() && closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException("closed");
    }
  }

  /** Announces more than it sends. */
  private static void begin(HttpExchange exchange, String start) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 10_000);
    exchange.getResponseBody().write(start.getBytes(UTF_8));
    exchange.getResponseBody().flush();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
