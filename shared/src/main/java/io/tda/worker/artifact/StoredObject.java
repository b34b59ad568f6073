package io.tda.worker.artifact;

import java.util.Map;

/**
 * What the store knows of an object without reading it.
 *
 * @param bytes its size as stored
 * @param generation changes whenever the object is replaced
 * @param metadata the object's own key–value pairs, such as {@code claimId} and {@code sha256}
 */
public record StoredObject(
    GcsUri uri, long bytes, long generation, String contentType, Map<String, String> metadata) {
  public StoredObject {
    metadata = Map.copyOf(metadata);
  }
}
