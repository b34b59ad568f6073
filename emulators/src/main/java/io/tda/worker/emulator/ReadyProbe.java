package io.tda.worker.emulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks an emulator whether it is ready to work. */
final class ReadyProbe implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int OK = 200;

  /** A topic that was made by an earlier question. */
  private static final int CONFLICT = 409;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final HttpRequest request;

  ReadyProbe(EmulatorKind kind, int port) {
    var root = "http://" + Emulator.THIS_MACHINE + ":" + port;
    var builder = HttpRequest.newBuilder().timeout(PATIENCE);
    request =
        switch (kind) {
          case FIRESTORE, STORAGE -> builder.uri(URI.create(root + "/")).build();
          case PUBSUB -> // it listens before it works
              builder
                  .uri(URI.create(root + "/v1/projects/p-1/topics/ready"))
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofString("{}"))
                  .build();
        };
  }

  boolean answers() throws InterruptedException {
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      return status == OK || status == CONFLICT;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
