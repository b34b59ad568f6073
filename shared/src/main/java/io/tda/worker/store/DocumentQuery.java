package io.tda.worker.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The two queries the worker makes. */
public sealed interface DocumentQuery {
  /** The collection that is searched. */
  String collection();

  /** How many documents are returned at most, and so about how many are paid for. */
  int limit();

  /**
   * Documents whose time field is at or before {@code latest}, oldest first; those without the
   * field, or with something else than a time in it, are not found.
   */
  record TimeAtMost(String collection, String field, Instant latest, int limit)
      implements DocumentQuery {}

  /**
   * Documents whose field equals the text, ordered by document id (by the bytes of its UTF-8 form),
   * from after {@code afterId} on.
   */
  record TextEquals(
      String collection, String field, String text, @Nullable String afterId, int limit)
      implements DocumentQuery {}
}
