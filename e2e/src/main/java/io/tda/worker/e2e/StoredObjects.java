package io.tda.worker.e2e;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Storage as everybody else sees it, through Google's own client and nothing of ours. */
public final class StoredObjects implements AutoCloseable {
  private final Storage storage;

  StoredObjects(Storage storage) {
    this.storage = storage;
  }

  /** An object with its content. */
  @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
  public record Stored(
      byte[] content, String contentType, long generation, Map<String, String> metadata) {
    public Stored {
      metadata = Map.copyOf(metadata);
    }
  }

  /** Reads an object; empty where there is none. */
  public Optional<Stored> read(String bucket, String name) {
    return Optional.ofNullable(storage.get(bucket, name)).map(StoredObjects::stored);
  }

  /** Makes or replaces an object. */
  public void put(String bucket, String name, byte[] content, String contentType) {
    put(bucket, name, content, contentType, Map.of());
  }

  /** The same, with metadata of its own. */
  public void put(
      String bucket,
      String name,
      byte[] content,
      String contentType,
      Map<String, String> metadata) {
    storage.create(
        BlobInfo.newBuilder(bucket, name)
            .setContentType(contentType)
            .setMetadata(new TreeMap<>(metadata))
            .build(),
        content);
  }

  @Override
  public void close() {
    try {
      storage.close();
    } catch (Exception e) { // as the client declares
      throw new IllegalStateException("storage", e);
    }
  }

  private static Stored stored(Blob blob) {
    var metadata = new TreeMap<String, String>();
    if (blob.getMetadata() != null) {
      blob.getMetadata().forEach((name, value) -> metadata.put(name, value == null ? "" : value));
    }
    return new Stored(
        blob.getContent(),
        Objects.requireNonNullElse(blob.getContentType(), ""),
        blob.getGeneration(),
        metadata);
  }
}
