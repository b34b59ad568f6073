package io.tda.worker.adapter.firestore;

import io.tda.worker.flow.ReconcileCursor;
import io.tda.worker.id.RunId;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cursor as a document beside the leases. It never expires and its id names no step, so the
 * sweep does not see it.
 */
public final class FirestoreReconcileCursor implements ReconcileCursor {
  private static final String ID = "reconcile-cursor";
  private static final String LAST_RUN_ID = "lastRunId";

  private final DocumentStore store;
  private final DocumentRef ref;

  public FirestoreReconcileCursor(DocumentStore store, FirestoreCollections collections) {
    this.store = store;
    this.ref = new DocumentRef(collections.leases(), ID);
  }

  @Override
  public Optional<RunId> load() {
    return store
        .getAll(List.of(ref))
        .getFirst()
        .map(document -> document.data().get(LAST_RUN_ID))
        .filter(String.class::isInstance)
        .flatMap(text -> RunId.parse((String) text));
  }

  @Override
  public void save(@Nullable RunId last) {
    // Refused it is by nothing but another commit at the same time, which is as good as this one.
    var _ =
        store.commit(
            List.of(
                last == null
                    ? new Write.Delete(ref, new Precondition.None())
                    : new Write.Set(
                        ref, Map.of(LAST_RUN_ID, last.value()), new Precondition.None())));
  }
}
