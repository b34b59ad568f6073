package io.tda.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreReconcileCursor;
import io.tda.worker.id.RunId;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the cursor must do on every store: say where the last reconcile stopped. */
public abstract class ReconcileCursorContract {
  private final FirestoreCollections collections =
      new FirestoreCollections("runs-" + UUID.randomUUID(), "leases-" + UUID.randomUUID());

  /** The store under test; the same one for the whole of a test. */
  protected abstract DocumentStore store();

  @Test
  void load_isEmpty_beforeTheFirstReconcile() {
    assertThat(cursor().load()).isEmpty();
  }

  @Test
  void load_givesWhatAnotherInstanceSavedLast() {
    cursor().save(new RunId("run-1"));
    cursor().save(new RunId("run-2"));

    assertThat(cursor().load()).contains(new RunId("run-2"));
  }

  @Test
  void load_isEmpty_whenAllRunsWereLookedAt() {
    cursor().save(new RunId("run-1"));
    cursor().save(null);
    cursor().save(null);

    assertThat(cursor().load()).isEmpty();
  }

  @Test
  void load_startsAnew_whenTheDocumentIsDamaged() {
    var ref = new DocumentRef(collections.leases(), "reconcile-cursor");
    store().commit(List.of(new Write.Set(ref, Map.of("lastRunId", 7L), new Precondition.None())));

    assertThat(cursor().load()).isEmpty();
  }

  private ReconcileCursor cursor() {
    return new FirestoreReconcileCursor(store(), collections);
  }
}
