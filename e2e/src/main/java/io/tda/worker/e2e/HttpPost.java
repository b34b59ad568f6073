package io.tda.worker.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Posts to a service by hand, in place of Eventarc, Pub/Sub or Cloud Scheduler. */
final class HttpPost {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private HttpPost() {}

  /** An answer. */
  record Answer(int status, String body) {}

  static Answer send(URI target, Map<String, String> headers, byte[] body) {
    var request =
        HttpRequest.newBuilder(target).timeout(PATIENCE).POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      var response = CLIENT.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
