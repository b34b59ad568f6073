package io.tda.worker.adapter.telemetry;

import io.tda.worker.store.CommitResult;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Write;
import java.util.List;
import java.util.Optional;

/**
 * Counts reads as Firestore bills them: one for each document asked for, also where there is none,
 * and for a query one for each document found, one at least.
 */
final class MeteredDocumentStore implements DocumentStore {
  private final DocumentStore next;
  private final Metrics metrics;

  MeteredDocumentStore(DocumentStore next, Metrics metrics) {
    this.next = next;
    this.metrics = metrics;
  }

  @Override
  public List<Optional<Document>> getAll(List<DocumentRef> refs) {
    var found = next.getAll(refs);
    metrics.firestoreReads(refs.size());
    return found;
  }

  @Override
  public CommitResult commit(List<Write> writes) {
    return next.commit(writes);
  }

  @Override
  public List<Document> query(DocumentQuery query) {
    var found = next.query(query);
    metrics.firestoreReads(Math.max(1, found.size()));
    return found;
  }
}
