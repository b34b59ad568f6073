package io.tda.worker.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Posts events and pushes to the services, as Eventarc and Pub/Sub do. */
public final class Deliveries implements AutoCloseable {
  private static final int DONE = 204;
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

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

  private int status(URI address, Post post) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofByteArray(post.body()));
    post.headers().forEach(request::header);
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  @Override
  public void close() {
    client.close();
  }
}
