package io.tda.worker.adapter.firestore;

import io.tda.worker.id.RunId;
import io.tda.worker.id.StepKey;
import io.tda.worker.store.DocumentRef;

/**
 * Where runs and leases are kept.
 *
 * @param runs {@code FLOW_RUNS_COLLECTION}
 * @param leases {@code STEP_LEASES_COLLECTION}
 */
public record FirestoreCollections(String runs, String leases) {

  DocumentRef run(RunId id) {
    return new DocumentRef(runs, id.value());
  }

  DocumentRef lease(StepKey step) {
    return new DocumentRef(leases, step.leaseDocumentId());
  }
}
