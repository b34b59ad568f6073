package io.tda.worker.executor.adapter.firestore;

import io.tda.worker.adapter.firestore.FirestoreDocumentStore;
import io.tda.worker.adapter.firestore.FirestoreEmulator;
import org.junit.jupiter.api.AfterAll;

/** The contract against Google's Firestore emulator. */
final class FirestoreRegistryIT extends RegistryContract {
  private static final FirestoreDocumentStore FIRESTORE = FirestoreEmulator.connect();

  FirestoreRegistryIT() {
    super(FIRESTORE);
  }

  @AfterAll
  static void disconnect() {
    FIRESTORE.close();
  }
}
