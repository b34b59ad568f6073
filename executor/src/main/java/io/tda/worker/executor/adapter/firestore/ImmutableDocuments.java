package io.tda.worker.executor.adapter.firestore;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents that never change under their id, and keeps what was made of them for a while.
 * Absent and unusable documents are not kept: whoever mends one wants to see it work.
 */
final class ImmutableDocuments<T> {
  private static final int MAX_ENTRIES = 256;
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final DocumentStore store;
  private final String collection;
  private final Cache<String, T> cache;

  ImmutableDocuments(DocumentStore store, String collection, InstantSource clock) {
    this.store = store;
    this.collection = collection;
    this.cache =
        CacheBuilder.newBuilder()
            .maximumSize(MAX_ENTRIES)
            .expireAfterWrite(LIFETIME)
            .ticker(ticker(clock))
            .build();
  }

  /** What was kept under the id; null where nothing is. */
  @Nullable T cached(String id) {
    return cache.getIfPresent(id);
  }

  /** Keeps what was made of a document. */
  void keep(String id, T value) {
    cache.put(id, value);
  }

  /** Reads a document: one round trip. */
  <R> Optional<R> read(String id, Function<Map<String, Object>, R> parse) {
    return store
        .getAll(List.of(new DocumentRef(collection, id)))
        .getFirst()
        .map(document -> parse.apply(document.data()));
  }

  private static Ticker ticker(InstantSource clock) {
    return new Ticker() {
      @Override
      public long read() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
      }
    };
  }
}
