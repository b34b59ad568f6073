package io.tda.worker.dispatcher;

import io.tda.worker.adapter.firestore.FirestoreDocumentStore;
import io.tda.worker.adapter.firestore.FirestoreEmulator;
import io.tda.worker.store.DocumentStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same on the emulator, with as many leases as it takes in a second or two. */
class FirestoreSweepCostIT extends SweepCostContract {
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
  DocumentStore store() {
    return Objects.requireNonNull(store);
  }

  @Override
  int live() {
    return 2_000;
  }
}
