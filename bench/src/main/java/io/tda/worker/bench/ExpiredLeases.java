package io.tda.worker.bench;

import io.tda.worker.config.LeaseConfig;
import io.tda.worker.dispatcher.Sweep;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Leases that have all expired, of steps that have ended: the sweep removes each. */
final class ExpiredLeases {
  private static final LeaseConfig TERMS = BenchSettings.executor().leases();
  private static final int PER_COMMIT = Write.MAX_PER_COMMIT;

  private final MemoryDispatcher dispatcher = new MemoryDispatcher();
  private final Sweep sweep = dispatcher.sweep(TERMS);
  private final int count;

  ExpiredLeases(int count) {
    this.count = count;
  }

  /** Puts all of them there again. */
  void prepare() {
    set("flow_runs", "run", Map.of("status", "RUNNING", "steps", Map.of()));
    var writes = new ArrayList<Write>();
    for (int i = 0; i < count; i++) {
      writes.add(lease("step_" + i, i));
      if (writes.size() == PER_COMMIT || i == count - 1) {
        var _ = dispatcher.store().commit(List.copyOf(writes));
        writes.clear();
      }
    }
  }

  /** One sweep that has all the time it needs. */
  void sweep() {
    int deleted = sweep.run(Duration.ofMinutes(10)).deleted();
    if (deleted != count) {
      throw new IllegalStateException("of " + count + " leases " + deleted + " were removed");
    }
  }

  private static Write lease(String stepId, int order) {
    var expired = Instant.parse("2026-01-01T00:00:00Z").plusMillis(order);
    return new Write.Set(
        new DocumentRef("step_leases", "run~" + stepId),
        Map.of(
            "runId",
            "run",
            "stepId",
            stepId,
            "stepType",
            "LLM_REPORT",
            "claimId",
            "019b4f2e-8c00-7abc-8def-0123456789ab",
            "attempt",
            1L,
            "eventId",
            "event",
            "claimedAt",
            expired,
            "state",
            "DISPATCHED",
            "expiresAt",
            expired,
            "termSeconds",
            900L),
        new Precondition.None());
  }

  private void set(String collection, String id, Map<String, Object> data) {
    var _ =
        dispatcher
            .store()
            .commit(
                List.of(
                    new Write.Set(new DocumentRef(collection, id), data, new Precondition.None())));
  }
}
