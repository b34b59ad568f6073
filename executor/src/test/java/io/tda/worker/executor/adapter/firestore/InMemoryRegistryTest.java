package io.tda.worker.executor.adapter.firestore;

import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import java.time.InstantSource;

/** The contract over the one-process runtime's store. */
final class InMemoryRegistryTest extends RegistryContract {
  InMemoryRegistryTest() {
    super(new InMemoryDocumentStore(InstantSource.system()));
  }
}
