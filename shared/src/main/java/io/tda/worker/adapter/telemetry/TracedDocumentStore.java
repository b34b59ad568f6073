package io.tda.worker.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.tda.worker.store.CommitResult;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Write;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts a span around each call to the document store. It names collections, never contents. */
final class TracedDocumentStore implements DocumentStore {
  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
  private static final AttributeKey<String> COLLECTION =
      AttributeKey.stringKey("db.collection.name");
  private static final AttributeKey<Long> SIZE = AttributeKey.longKey("db.operation.batch.size");
  private static final AttributeKey<Boolean> REFUSED =
      AttributeKey.booleanKey("worker.commit.refused");

  private final DocumentStore next;
  private final Spans spans;

  TracedDocumentStore(DocumentStore next, Spans spans) {
    this.next = next;
    this.spans = spans;
  }

  @Override
  public List<Optional<Document>> getAll(List<DocumentRef> refs) {
    var attributes = attributes(refs.stream().map(DocumentRef::collection), refs.size());
    return spans.call("firestore get", SpanKind.CLIENT, attributes, _ -> next.getAll(refs));
  }

  @Override
  public CommitResult commit(List<Write> writes) {
    var attributes =
        attributes(writes.stream().map(write -> write.ref().collection()), writes.size());
    return spans.call(
        "firestore commit",
        SpanKind.CLIENT,
        attributes,
        span -> {
          var result = next.commit(writes);
          if (result instanceof CommitResult.Refused) {
            span.setAttribute(REFUSED, true);
          }
          return result;
        });
  }

  @Override
  public List<Document> query(DocumentQuery query) {
    var attributes = attributes(Stream.of(query.collection()), 1);
    return spans.call("firestore query", SpanKind.CLIENT, attributes, _ -> next.query(query));
  }

  private static Attributes attributes(Stream<String> collections, int size) {
    var names = collections.distinct().collect(Collectors.joining(" "));
    return Attributes.of(SYSTEM, "gcp.firestore", COLLECTION, names, SIZE, (long) size);
  }
}
