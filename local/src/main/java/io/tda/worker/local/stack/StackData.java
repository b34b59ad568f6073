package io.tda.worker.local.stack;

import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreDocumentStore;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.config.DispatcherConfig;
import io.tda.worker.config.WorkerConfig;
import io.tda.worker.executor.adapter.gcs.GcsArtifactStore;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.store.DocumentStore;

/** The documents and objects of a stack, or of a real project: both are reached the same way. */
public final class StackData implements AutoCloseable {
  private final WorkerConfig<DispatcherConfig> config;
  private final FirestoreDocumentStore documents;
  private final FirestoreCollections collections;

  private StackData(WorkerConfig<DispatcherConfig> config) {
    this.config = config;
    this.documents =
        FirestoreDocumentStore.connect(
            config.service().project(),
            config.firestore().database(),
            config.emulators().firestore().emulatorHost());
    this.collections =
        new FirestoreCollections(config.firestore().flowRuns(), config.firestore().stepLeases());
  }

  /** Connects by the settings that services have too. */
  public static StackData open(WorkerConfig<DispatcherConfig> config) {
    return new StackData(config);
  }

  /** All documents. */
  public DocumentStore documents() {
    return documents;
  }

  /** The collection of runs. */
  public String runsCollection() {
    return config.firestore().flowRuns();
  }

  /** The runs. */
  public FlowRunRepository runs() {
    return new FirestoreFlowRunRepository(documents, collections);
  }

  /** The leases of their steps. */
  public LeaseRepository leases() {
    return new FirestoreLeaseRepository(documents, collections);
  }

  /** The objects; connects anew, since few commands need it. */
  public ArtifactStore artifacts() {
    return GcsArtifactStore.connect(
        config.service().project(), config.emulators().storage().emulatorHost());
  }

  @Override
  public void close() {
    documents.close();
  }
}
