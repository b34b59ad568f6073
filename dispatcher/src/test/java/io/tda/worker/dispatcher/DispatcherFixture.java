package io.tda.worker.dispatcher;

import static java.util.Objects.requireNonNull;

import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.adapter.firestore.FirestoreReconcileCursor;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.config.LeaseConfig;
import io.tda.worker.flow.Claim;
import io.tda.worker.flow.RunFixtures;
import io.tda.worker.flow.RunRead;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.lease.StepLease;
import io.tda.worker.log.RecordingEventLogger;
import io.tda.worker.store.CountingDocumentStore;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.LossyDocumentStore;
import io.tda.worker.store.Patch;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Versioned;
import io.tda.worker.store.Write;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dispatcher over an in-memory store, with everything it does on record. */
final class DispatcherFixture {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  static final RunId RUN = new RunId("20260301-120000_LINKUSDT_demo");
  static final Duration LEASE = Duration.ofMinutes(15);
  static final FirestoreCollections COLLECTIONS =
      new FirestoreCollections("flow_runs", "step_leases");

  static final LeaseConfig LEASES =
      new LeaseConfig(
          Duration.ofSeconds(60), LEASE, Duration.ofSeconds(60), 2, Duration.ofHours(24));

  /** What the clock shows; it stands still otherwise. */
  volatile Instant now = NOW;

  final InstantSource clock = () -> now;
  final InMemoryDocumentStore documents = new InMemoryDocumentStore(clock);
  final LossyDocumentStore lossy = new LossyDocumentStore(documents);
  final CountingDocumentStore store = new CountingDocumentStore(lossy);
  final RecordingStepPublisher published = new RecordingStepPublisher();
  final ScriptedStepPublisher publisher = new ScriptedStepPublisher(published);
  final RecordingEventLogger log = new RecordingEventLogger();
  final FirestoreLeaseRepository leases = leases(documents);
  final FirestoreReconcileCursor cursor = new FirestoreReconcileCursor(documents, COLLECTIONS);

  /** A handler that claims one step an event. */
  FlowRunEventHandler handler() {
    return handler(1);
  }

  FlowRunEventHandler handler(int maxClaimsPerEvent) {
    return handler(store, maxClaimsPerEvent);
  }

  FlowRunEventHandler handler(DocumentStore over, int maxClaimsPerEvent) {
    return DispatcherAssembly.eventHandler(
        ports(over), maxClaimsPerEvent, new StepClaimer.Terms(4, LEASE), surroundings());
  }

  private DispatcherAssembly.Ports ports(DocumentStore over) {
    return new DispatcherAssembly.Ports(
        new FirestoreFlowRunRepository(over, COLLECTIONS), leases(over), publisher, log);
  }

  private StepClaimer.Surroundings surroundings() {
    return new StepClaimer.Surroundings(clock, new SecureRandom(), _ -> {});
  }

  /** A sweep, two claims a step at most. */
  Sweep sweep() {
    return sweep(store);
  }

  Sweep sweep(DocumentStore over) {
    return DispatcherAssembly.sweep(ports(over), LEASES, surroundings());
  }

  /** A reconcile that claims one step of a run. */
  Reconcile reconcile() {
    return reconcile(store);
  }

  Reconcile reconcile(DocumentStore over) {
    return reconcile(over, ReconcileScope.all(cursor));
  }

  Reconcile reconcile(DocumentStore over, ReconcileScope scope) {
    return DispatcherAssembly.reconcile(
        ports(over), scope, 1, new StepClaimer.Terms(4, LEASE), surroundings());
  }

  /** Stores a run, and gives it as an event would carry it. */
  Document putRun(String status, Map<String, Object> steps) {
    return put(RunFixtures.run(status, steps));
  }

  Document put(Map<String, Object> fields) {
    var ref = new DocumentRef("flow_runs", RUN.value());
    documents.commit(List.of(new Write.Set(ref, fields, new Precondition.None())));
    return run();
  }

  /** Changes a field of the run that nobody looks at. */
  void touchRun() {
    patchRun(FieldPath.of("touched"), "touched after " + run().updateTime());
  }

  void patchRun(FieldPath path, Object value) {
    documents.commit(
        List.of(
            new Write.Update(
                run().ref(), Patch.empty().with(path, value), new Precondition.None())));
  }

  Document run() {
    var ref = new DocumentRef("flow_runs", RUN.value());
    return documents.getAll(List.of(ref)).getFirst().orElseThrow();
  }

  /** The status of a step. */
  String status(String step) {
    var steps = (Map<?, ?>) requireNonNull(run().data().get("steps"));
    var fields = (Map<?, ?>) requireNonNull(steps.get(step));
    return (String) requireNonNull(fields.get("status"));
  }

  /** Gives the step a lease, as its claim would have. */
  void leaseOf(String step) {
    var claim =
        new Claim(
            key(step),
            "LLM_REPORT",
            new ClaimId("00000000-0000-7000-8000-000000000001"),
            1,
            "e0",
            NOW);
    if (new FirestoreFlowRunRepository(documents, COLLECTIONS).read(RUN)
        instanceof RunRead.Found(var run)) {
      new FirestoreFlowRunRepository(documents, COLLECTIONS).adopt(run, List.of(claim), LEASE);
    }
  }

  Optional<Versioned<StepLease>> lease(String step) {
    return leases.find(List.of(key(step))).stream().findFirst();
  }

  static StepKey key(String step) {
    return new StepKey(RUN, new StepId(step));
  }

  /** An event about the run. */
  static CloudEventParser.Result.Changed event(String id, @Nullable Document snapshot) {
    return new CloudEventParser.Result.Changed(
        new FlowRunEvent(id, RUN, snapshot, FirestoreEvents.TRACEPARENT),
        FirestoreEvents.WRITTEN,
        "documents/flow_runs/" + RUN);
  }

  /** A READY step. */
  static Map<String, Object> ready(String... dependsOn) {
    return step("READY", dependsOn);
  }

  static Map<String, Object> step(String status, String... dependsOn) {
    var step = new HashMap<>(RunFixtures.step(status));
    step.put("dependsOn", List.of(dependsOn));
    return step;
  }

  private static FirestoreLeaseRepository leases(DocumentStore over) {
    return new FirestoreLeaseRepository(over, COLLECTIONS);
  }
}
