package io.tda.worker.local.bridge;

import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.sun.net.httpserver.HttpServer;
import io.tda.worker.config.RunIdFilter;
import io.tda.worker.dispatcher.CloudEventParser;
import io.tda.worker.dispatcher.CloudEventParser.EventScope;
import io.tda.worker.dispatcher.CloudEventRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Remembers what a dispatcher would get, and answers as it is told. */
final class ReceivingDispatcher implements AutoCloseable {
  private static final int DONE = 204;

  private final HttpServer server;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final CloudEventParser parser =
      new CloudEventParser(new EventScope("(default)", "flow_runs", RunIdFilter.ALL));

  /** A request, and what the dispatcher's own parser makes of it. */
  record Received(
      Map<String, String> headers, DocumentEventData data, CloudEventParser.Result parsed) {
    String id() {
      return headers.getOrDefault("Ce-id", "");
    }
  }

  ReceivingDispatcher() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, all.getFirst()));
            var body = exchange.getRequestBody().readAllBytes();
            received.add(
                new Received(
                    headers,
                    DocumentEventData.parseFrom(body),
                    parser.parse(new CloudEventRequest(headers, body))));
            var answer = answers.poll();
            exchange.sendResponseHeaders(answer == null ? DONE : answer, -1);
          }
        });
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events/flow-run");
  }

  void answerNext(int status) {
    answers.add(status);
  }

  Received take() throws InterruptedException {
    var next = received.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no event within 30 s");
    }
    return next;
  }

  @Nullable Received takeWithin(long millis) throws InterruptedException {
    return received.poll(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
