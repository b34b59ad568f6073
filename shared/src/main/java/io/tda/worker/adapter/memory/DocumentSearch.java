package io.tda.worker.adapter.memory;

import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentQuery;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Answers queries for a text by looking at every document of a collection. */
final class DocumentSearch {
  static final Comparator<String> ID_ORDER =
      Comparator.comparing(id -> id.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
  private static final Comparator<Document> BY_ID =
      Comparator.comparing(document -> document.ref().id(), ID_ORDER);

  private DocumentSearch() {}

  /** Those of a page, in the order of their ids. */
  static List<Document> find(DocumentQuery.TextEquals query, List<Document> documents) {
    return documents.stream()
        .filter(document -> query.text().equals(document.data().get(query.field())))
        .filter(document ->
            query.afterId() == null || ID_ORDER.compare(document.ref().id(), query.afterId()) > 0)
        .sorted(BY_ID)
        .limit(query.limit())
        .toList();
  }
}
