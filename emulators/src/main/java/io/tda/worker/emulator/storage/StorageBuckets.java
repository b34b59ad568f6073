package io.tda.worker.emulator.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Makes buckets in whatever speaks Cloud Storage's JSON API without asking who calls. */
public final class StorageBuckets {
  private static final int OK = 200;
  private static final int CONFLICT = 409;

  private StorageBuckets() {}

  /**
   * Makes a bucket, if it is not there yet.
   *
   * @param endpoint as in {@code STORAGE_EMULATOR_HOST}
   */
  public static void create(String endpoint, String name) {
    var body = JsonNodeFactory.instance.objectNode().put("name", name);
    var request =
        HttpRequest.newBuilder(URI.create(endpoint + "/storage/v1/b?project=local"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status != OK && status != CONFLICT) {
        throw new IllegalStateException("no bucket can be made at " + endpoint + ": " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
