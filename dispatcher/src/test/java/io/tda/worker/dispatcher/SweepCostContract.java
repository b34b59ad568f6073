package io.tda.worker.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.flow.RunFixtures;
import io.tda.worker.log.RecordingEventLogger;
import io.tda.worker.store.CountingDocumentStore;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A sweep costs what has expired, not what is running: counted in documents read. */
abstract class SweepCostContract {
  private static final int EXPIRED = 10;
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final FirestoreCollections collections =
      new FirestoreCollections("runs-" + UUID.randomUUID(), "leases-" + UUID.randomUUID());

  /** The store under test. */
  abstract DocumentStore store();

  /** How many leases are live besides those that have expired. */
  abstract int live();

  @Test
  void run_readsTwoDocumentsForEachExpiredLease_howeverManyAreLive() {
    fill();
    var counting = new CountingDocumentStore(store());
    var published = new RecordingStepPublisher();
    var ports =
        new DispatcherAssembly.Ports(
            new FirestoreFlowRunRepository(counting, collections),
            new FirestoreLeaseRepository(counting, collections),
            published,
            new RecordingEventLogger());
    var surroundings = new StepClaimer.Surroundings(() -> NOW, new SecureRandom(), _ -> {});
    var sweep = DispatcherAssembly.sweep(ports, DispatcherFixture.LEASES, surroundings);

    var result = sweep.run(Duration.ofMinutes(5));

    assertThat(result).isEqualTo(new SweepResult(EXPIRED, EXPIRED, 0, 0, true));
    assertThat(published.sent()).hasSize(EXPIRED);
    assertThat(counting.documents()).isLessThanOrEqualTo(2 * EXPIRED);
  }

  private void fill() {
    var writes = new ArrayList<Write>();
    for (int i = 0; i < EXPIRED; i++) {
      var run = RunFixtures.run("RUNNING", Map.of("a", RunFixtures.step("RUNNING")));
      writes.add(
          new Write.Set(
              new DocumentRef(collections.runs(), "expired-" + i), run, new Precondition.None()));
      writes.add(lease("expired-" + i, NOW.minusSeconds(61 + i)));
    }
    for (int i = 0; i < live(); i++) {
      writes.add(lease("live-" + i, NOW.plusSeconds(i % 900)));
    }
    for (int from = 0; from < writes.size(); from += Write.MAX_PER_COMMIT) {
      int to = Math.min(from + Write.MAX_PER_COMMIT, writes.size());
      store().commit(List.copyOf(writes.subList(from, to)));
    }
  }

  private Write lease(String run, Instant expiresAt) {
    Map<String, Object> fields =
        Map.ofEntries(
            Map.entry("runId", run),
            Map.entry("stepId", "a"),
            Map.entry("stepType", "LLM_REPORT"),
            Map.entry("claimId", UUID.randomUUID().toString()),
            Map.entry("attempt", 1L),
            Map.entry("eventId", "event-1"),
            Map.entry("claimedAt", NOW.minusSeconds(1000)),
            Map.entry("state", "EXECUTING"),
            Map.entry("executorId", "executor-1"),
            Map.entry("expiresAt", expiresAt),
            Map.entry("termSeconds", 60L),
            Map.entry("deliveries", 1L),
            Map.entry("modelCalls", 0L));
    var ref = new DocumentRef(collections.leases(), run + "~a");
    return new Write.Set(ref, fields, new Precondition.None());
  }
}
