package io.tda.worker.adapter.memory;

import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentQuery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Answers queries by looking at every document of a collection. */
final class DocumentSearch {
  private static final Comparator<String> ID_ORDER =
      Comparator.comparing(id -> id.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
  private static final Comparator<Document> BY_ID =
      Comparator.comparing(document -> document.ref().id(), ID_ORDER);

  private DocumentSearch() {}

  static List<Document> find(DocumentQuery query, List<Document> documents) {
    return switch (query) {
      case DocumentQuery.TimeAtMost(_, var field, var bound, int limit) ->
          documents.stream()
              .flatMap(document -> Timed.of(document, field).stream())
              .filter(timed -> !timed.time.isAfter(bound))
              .sorted(Comparator.comparing(Timed::time).thenComparing(Timed::document, BY_ID))
              .limit(limit)
              .map(Timed::document)
              .toList();
      case DocumentQuery.TextEquals(_, var field, var text, var afterId, int limit) ->
          documents.stream()
              .filter(document -> text.equals(document.data().get(field)))
              .filter(
                  document -> afterId == null || ID_ORDER.compare(document.ref().id(), afterId) > 0)
              .sorted(BY_ID)
              .limit(limit)
              .toList();
    };
  }

  private record Timed(Instant time, Document document) {
    static Optional<Timed> of(Document document, String field) {
      return document.data().get(field) instanceof Instant time
          ? Optional.of(new Timed(time, document))
          : Optional.empty();
    }
  }
}
