package io.tda.worker.adapter.memory;

import io.tda.worker.store.Document;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The documents of a collection in the order of one of their time fields, as Firestore keeps them:
 * a query costs what it finds, not what there is.
 */
final class TimeIndex {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::time).thenComparing(Place::id, DocumentSearch.ID_ORDER);

  private final String field;
  private final NavigableMap<Place, Document> documents = new TreeMap<>(ORDER);

  private record Place(Instant time, String id) {}

  TimeIndex(String field, Collection<Document> documents) {
    this.field = field;
    documents.forEach(this::add);
  }

  /** Follows a change of the collection. */
  void follow(Change change) {
    change
        .before()
        .ifPresent(before -> {
          if (before.data().get(field) instanceof Instant time) {
            documents.remove(new Place(time, before.ref().id()));
          }
        });
    change.after().ifPresent(this::add);
  }

  /** The first of those whose time is not after this one. */
  List<Document> atMost(Instant latest, int limit) {
    return documents.entrySet().stream()
        .limit(limit)
        .takeWhile(entry -> !entry.getKey().time().isAfter(latest))
        .map(Map.Entry::getValue)
        .toList();
  }

  private void add(Document document) {
    if (document.data().get(field) instanceof Instant time) {
      documents.put(new Place(time, document.ref().id()), document);
    }
  }
}
