package io.tda.worker.local.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tda.worker.emulator.Emulator;
import io.tda.worker.time.Backoff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the Firestore emulator and dispatchers as Eventarc stands between Firestore and
 * Cloud Run: it takes the emulator's own events where the emulator sends some, else it listens, and
 * delivers each change at least once.
 *
 * <p>The order of use: listen, start the emulator with {@link #emulatorOption}, {@link #watch}, and
 * {@link #deliverTo} as soon as a dispatcher is there. Events that come earlier wait.
 */
public final class EventarcBridge implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String LOCATION = "us-central1";

  private final HttpServer server;
  private final EventDelivery delivery;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable RunListener listener;

  private EventarcBridge(HttpServer server, EventDelivery delivery) {
    this.server = server;
    this.delivery = delivery;
  }

  /**
   * How events are delivered.
   *
   * @param seed decides, with each event's number, which faults it meets
   * @param retries the pause after an answer that is not 2xx; Eventarc's own is 10 to 600 s
   */
  public record Settings(long seed, BridgeFaults faults, Backoff retries) {
    /** No faults, and the pauses of somebody who waits. */
    public static final Settings USUAL =
        new Settings(
            0,
            BridgeFaults.NONE,
            new Backoff.Exponential(Duration.ofMillis(500), Duration.ofSeconds(10)));
  }

  /** What is watched: the documents of one collection. */
  public record Watched(String project, String database, String collection) {}

  /**
   * Starts to listen for the emulator on a free port.
   *
   * @param address the loopback address, or all where the emulator may run in a container
   */
  public static EventarcBridge listen(InetAddress address, Settings settings) {
    try {
      var server = HttpServer.create(new InetSocketAddress(address, 0), 0);
      var plan = new FaultPlan(settings.seed(), settings.faults());
      var bridge = new EventarcBridge(server, new EventDelivery(plan, settings.retries()));
      server.setExecutor(bridge.threads);
      server.createContext("/functions/", bridge::take);
      server.start();
      return bridge;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With this option a Firestore emulator sends its events here. */
  public String emulatorOption() {
    return "--functions_emulator=127.0.0.1:" + server.getAddress().getPort();
  }

  /** Begins to take events of a collection's documents; changes from now on count. */
  public void watch(Emulator firestore, Watched watched) {
    if (firestore.isGiven() || !register(firestore.host(), watched)) {
      listener = RunListener.start(firestore.host(), watched, LOCATION, delivery::accept);
    }
  }

  /** Delivers to these addresses in turn, from now on; events that wait go there too. */
  public void deliverTo(URI... dispatchers) {
    delivery.to(List.of(dispatchers));
  }

  /** How many deliveries are under way or wait for another attempt. */
  public int pending() {
    return delivery.pending();
  }

  /** Ends it; what has not been delivered is lost. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    if (listener != null) {
      listener.close();
    }
    delivery.close();
  }

  /** The emulator sends one event at a time and waits for the answer, but never sends it again. */
  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers =
          exchange.getRequestHeaders().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, header -> header.getValue().getFirst()));
      var body = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, -1);
      DocumentChange.fromEmulator(headers, body).ifPresent(delivery::accept);
    }
  }

  /** Asks for events; an emulator without them does not know the path. */
  private static boolean register(String host, Watched watched) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("eventType", DocumentChange.WRITTEN).put("database", watched.database());
    json.put("namespace", "(default)");
    json.putObject("document")
        .put("value", watched.collection() + "/{id}")
        .put("matchType", "PATH_PATTERN");
    var uri =
        "http://%s/emulator/v1/projects/%s/eventarcTrigger?eventarcTriggerId=%s"
            .formatted(host, watched.project(), watched.collection().replace('_', '-'));
    var request =
        HttpRequest.newBuilder(URI.create(uri))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.toString(), UTF_8))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
