package io.tda.worker.adapter.memory;

import io.tda.worker.flow.ReconcileCursorContract;
import io.tda.worker.store.DocumentStore;
import java.time.InstantSource;

class InMemoryReconcileCursorTest extends ReconcileCursorContract {
  private final InMemoryDocumentStore store = new InMemoryDocumentStore(InstantSource.system());

  @Override
  protected DocumentStore store() {
    return store;
  }
}
