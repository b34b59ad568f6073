package io.tda.worker.executor.adapter.gcs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Makes buckets in whatever speaks Cloud Storage's JSON API. */
public final class StorageBuckets {
  private StorageBuckets() {}

  /** A bucket that may be there already is as good as a new one. */
  public static void create(String endpoint, String name) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(endpoint + "/storage/v1/b?project=p-1"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 200 && status != 409) {
        throw new IllegalStateException("bucket: " + status);
      }
    }
  }
}
