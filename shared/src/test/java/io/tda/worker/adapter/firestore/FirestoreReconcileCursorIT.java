package io.tda.worker.adapter.firestore;

import io.tda.worker.flow.ReconcileCursorContract;
import io.tda.worker.store.DocumentStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class FirestoreReconcileCursorIT extends ReconcileCursorContract {
  private static @Nullable FirestoreDocumentStore store;

  @BeforeAll
  static void connect() {
    store = FirestoreEmulator.connect();
  }

  @AfterAll
  static void disconnect() {
    if (store != null) {
      store.close();
    }
  }

  @Override
  protected DocumentStore store() {
    return Objects.requireNonNull(store);
  }
}
