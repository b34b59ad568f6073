package io.tda.worker.local.sim;

import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.adapter.firestore.FirestoreReconcileCursor;
import io.tda.worker.dispatcher.StepPublisher;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.flow.ReconcileCursor;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.log.EventLogger;
import io.tda.worker.store.DocumentStore;

/** All that the instances of the services are put into. */
record Surroundings(
    World world,
    Faults faults,
    Backends backends,
    Invariants invariants,
    Coverage coverage,
    SimulationPlan plan,
    Seams seams) {
  private static final FirestoreCollections COLLECTIONS =
      new FirestoreCollections(RunDocuments.RUNS, RunDocuments.LEASES);

  /** What is remote to all of them. */
  record Backends(
      SimulatedFirestore firestore,
      SimulatedTopic topic,
      SimulatedStorage storage,
      SimulatedModel model) {}

  SimulatedProcess start(String name) {
    return new SimulatedProcess(name, world, faults);
  }

  EventLogger log(SimulatedProcess process) {
    return seams.log(new SimulatedLog(world, process, invariants, coverage));
  }

  DocumentStore documents(SimulatedProcess process) {
    return seams.documents(backends.firestore().seenBy(process));
  }

  StepPublisher publisher(SimulatedProcess process) {
    return seams.publisher(backends.topic().seenBy(process));
  }

  FlowRunRepository runs(SimulatedProcess process, DocumentStore documents) {
    return seams.runs(new FirestoreFlowRunRepository(documents, COLLECTIONS), publisher(process));
  }

  ReconcileCursor cursor(DocumentStore documents) {
    return new FirestoreReconcileCursor(documents, COLLECTIONS);
  }

  LeaseRepository leases(DocumentStore documents) {
    return seams.leases(new FirestoreLeaseRepository(documents, COLLECTIONS));
  }
}
