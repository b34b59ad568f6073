package io.tda.worker.local.sim;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.id.StepKey;
import io.tda.worker.id.Timeframe;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored at this moment, as the checker reads it: the plain fields, not the worker's view.
 */
final class StoredState {
  private static final Timeframe TIMEFRAME = new Timeframe("4h");

  private @Nullable SimulatedFirestore firestore;
  private @Nullable SimulatedStorage storage;

  void watch(SimulatedFirestore documents, SimulatedStorage objects) {
    firestore = documents;
    storage = objects;
  }

  /** The fields of a document; none where it is not there. */
  Map<String, Object> fields(DocumentRef ref) {
    return firestore == null
        ? Map.of()
        : firestore
            .documents()
            .getAll(List.of(ref))
            .getFirst()
            .map(it -> it.data())
            .orElse(Map.of());
  }

  Map<String, Object> lease(StepKey step) {
    return fields(new DocumentRef(RunDocuments.LEASES, step.leaseDocumentId()));
  }

  Map<String, Object> run(StepKey step) {
    return fields(RunDocuments.run(step.runId().value()));
  }

  Map<?, ?> step(StepKey step) {
    return map(map(run(step).get("steps")).get(step.stepId().value()));
  }

  /** Whether the worker owes the step an end. */
  boolean isOwed(StepKey step) {
    return "RUNNING".equals(run(step).get("status")) && "RUNNING".equals(step(step).get("status"));
  }

  /** How many leases there are. */
  int leases() {
    return firestore == null
        ? 0
        : firestore
            .documents()
            .query(
                new DocumentQuery.TimeAtMost(RunDocuments.LEASES, "expiresAt", Instant.MAX, 1_000))
            .size();
  }

  SimulatedStorage.@Nullable Stored report(StepKey step) {
    return storage == null ? null : storage.peek(reportUri(step));
  }

  static GcsUri reportUri(StepKey step) {
    return RunDocuments.PATHS.report(step, TIMEFRAME);
  }

  static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
