package io.tda.worker.adapter.telemetry;

import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.DocumentStoreContract;
import java.time.InstantSource;

/** What is traced does what it does untraced. */
class TracedDocumentStoreTest extends DocumentStoreContract {
  private final DocumentStore store =
      new RecordedTelemetry()
          .telemetry()
          .documents(new InMemoryDocumentStore(InstantSource.system()));

  @Override
  protected DocumentStore store() {
    return store;
  }
}
