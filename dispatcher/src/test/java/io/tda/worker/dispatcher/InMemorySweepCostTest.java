package io.tda.worker.dispatcher;

import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.store.DocumentStore;
import java.time.InstantSource;

class InMemorySweepCostTest extends SweepCostContract {
  private final DocumentStore store = new InMemoryDocumentStore(InstantSource.system());

  @Override
  DocumentStore store() {
    return store;
  }

  @Override
  int live() {
    return 100_000;
  }
}
