package io.tda.worker.e2e;

import com.google.api.core.ApiFuture;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Firestore as everybody else sees it, through Google's own client and nothing of ours. */
public final class Documents implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final Firestore firestore;

  Documents(Firestore firestore) {
    this.firestore = firestore;
  }

  /**
   * A document as it was read.
   *
   * @param updateTime moves with every write
   */
  public record Read(Map<String, Object> data, Instant updateTime) {
    public Read {
      data = Map.copyOf(data);
    }
  }

  /** Reads a document; empty where there is none. */
  public Optional<Read> read(String collection, String id) {
    DocumentSnapshot found = get(firestore.collection(collection).document(id).get());
    if (!found.exists()) {
      return Optional.empty();
    }
    var data = Objects.requireNonNull(found.getData());
    var time = Objects.requireNonNull(found.getUpdateTime());
    return Optional.of(new Read(data, Instant.ofEpochSecond(time.getSeconds(), time.getNanos())));
  }

  /** Makes or replaces a document. */
  public void put(String collection, String id, Map<String, Object> data) {
    get(firestore.collection(collection).document(id).set(data));
  }

  /** Changes one field of a document that is there. */
  public void change(String collection, String id, Object value, String... path) {
    get(firestore.collection(collection).document(id).update(FieldPath.of(path), value));
  }

  public void delete(String collection, String id) {
    get(firestore.collection(collection).document(id).delete());
  }

  /** The ids of all documents of a collection. */
  public List<String> ids(String collection) {
    return get(firestore.collection(collection).get()).getDocuments().stream()
        .map(DocumentSnapshot::getId)
        .toList();
  }

  @Override
  public void close() {
    firestore.shutdownNow();
  }

  private static <T> T get(ApiFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Firestore", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
