package io.tda.worker.bench;

import io.tda.worker.executor.adapter.gemini.UndelayedSockets;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Posts events and pushes to the services, as Eventarc and Pub/Sub do. The caller's own thread
 * writes and reads: to hand a request to another one and back costs more than to send it, and would
 * be taken for the service's time.
 */
public final class Deliveries implements AutoCloseable {
  private static final int DONE = 204;
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int CONNECTIONS = 512;

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .socketFactory(new UndelayedSockets())
          .connectionPool(new ConnectionPool(CONNECTIONS, 1, TimeUnit.MINUTES))
          .retryOnConnectionFailure(false)
          .callTimeout(PATIENCE)
          .readTimeout(PATIENCE)
          .build();

  /** What is posted. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record Post(Map<String, String> headers, byte[] body) {}

  /** Posts it, again after a second where the service asks for that, until it is done with it. */
  public void post(URI address, Post post) throws IOException, InterruptedException {
    int status = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      status = status(address, post);
      if (status == DONE) {
        return;
      }
      Thread.sleep(PAUSE);
    }
    throw new IllegalStateException(address.getPath() + " is answered " + status);
  }

  private int status(URI address, Post post) throws IOException {
    var request =
        new Request.Builder()
            .url(address.toString())
            .headers(Headers.of(post.headers()))
            .post(RequestBody.create(post.body(), null))
            .build();
    try (var response = client.newCall(request).execute()) {
      return response.code();
    }
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
  }
}
