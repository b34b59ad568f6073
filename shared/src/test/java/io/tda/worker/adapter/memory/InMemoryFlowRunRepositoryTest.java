package io.tda.worker.adapter.memory;

import io.tda.worker.flow.FlowRunRepositoryContract;
import io.tda.worker.store.DocumentStore;
import java.time.Instant;
import java.time.InstantSource;

class InMemoryFlowRunRepositoryTest extends FlowRunRepositoryContract {
  private final DocumentStore store =
      new InMemoryDocumentStore(InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")));

  @Override
  protected DocumentStore store() {
    return store;
  }
}
