package io.tda.worker.lease;

import static io.tda.worker.flow.RunFixtures.CLAIMED_AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.flow.Claim;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.RunFixtures;
import io.tda.worker.flow.RunRead;
import io.tda.worker.flow.StepException;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.lease.StepLease.Effort;
import io.tda.worker.lease.StepLease.Holder;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.LossyDocumentStore;
import io.tda.worker.store.LossyDocumentStore.Loss;
import io.tda.worker.store.Patch;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Versioned;
import io.tda.worker.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the lease repository must do on every store: one holder at a time, and none for ever. */
public abstract class LeaseRepositoryContract {
  private static final RunId RUN = new RunId("run-1");
  private static final StepKey A = new StepKey(RUN, new StepId("a~b"));
  private static final StepKey B = new StepKey(RUN, new StepId("b"));
  private static final Duration TERM = Duration.ofMinutes(15);
  private static final Instant DUE = CLAIMED_AT.plus(TERM);

  private final FirestoreCollections collections =
      new FirestoreCollections("runs-" + UUID.randomUUID(), "leases-" + UUID.randomUUID());
  private @Nullable LossyDocumentStore lossy;

  /** The store under test; the same one for the whole of a test. */
  protected abstract DocumentStore store();

  @Test
  void read_givesRunAndLease_eachWhereItIs() {
    assertThat(leases().read(A).run()).isEqualTo(new RunRead.Missing());
    assertThat(leases().read(A).lease()).isEmpty();

    var lease = claim(A);

    assertThat(leases().read(A).run()).isInstanceOf(RunRead.Found.class);
    assertThat(lease.value().isExpired(DUE)).isTrue();
    assertThat(lease.value().isExpired(DUE.minusNanos(1_000))).isFalse();
  }

  @Test
  void find_givesTheLeasesThatAreThere() {
    var lease = claim(A);

    assertThat(leases().find(List.of(B, A))).containsExactly(lease);
  }

  @Test
  void write_keepsEveryField() {
    var lease = claim(A);
    var next =
        new StepLease(
            lease.value().claim(),
            new Holder.Executor("executor-1"),
            DUE.plusSeconds(60),
            Duration.ofSeconds(60),
            new Effort(2, 3),
            ErrorCode.RATE_LIMITED,
            DUE.plusSeconds(600));

    var written = leases().write(next, lease.updateTime());

    assertThat(written).isEqualTo(new LeaseWrite.Written(read(A)));
    assertThat(read(A).value()).isEqualTo(next);
  }

  @Test
  void write_dropsWhatTheLeaseHasNoMore() {
    var lease = claim(A);
    var executing = write(lease, held(lease, "executor-1", DUE));
    var waiting = StepLease.dispatched(lease.value().claim(), TERM);

    write(executing, waiting);

    assertThat(read(A).value()).isEqualTo(waiting);
    assertThat(document(A)).doesNotContainKeys("executorId", "lastError", "notBefore");
  }

  @Test
  void write_isLost_whenSomebodyElseWroteFirst() {
    var lease = claim(A);
    var winner = write(lease, held(lease, "executor-1", DUE));

    assertThat(leases().write(held(lease, "executor-2", DUE), lease.updateTime()))
        .isEqualTo(new LeaseWrite.Lost());
    assertThat(read(A)).isEqualTo(winner);
  }

  @Test
  void write_isLost_whenTheLeaseIsGone() {
    var lease = claim(A);
    leases().remove(lease);

    assertThat(leases().write(held(lease, "executor-1", DUE), lease.updateTime()))
        .isEqualTo(new LeaseWrite.Lost());
    assertThat(leases().read(A).lease()).isEmpty();
  }

  @Test
  void write_isWonOnce_whenFiftyExecutorsTryAtOnce() throws Exception {
    var lease = claim(A);
    var leases = leases();
    var tries =
        IntStream.range(0, 50)
            .<Callable<LeaseWrite>>mapToObj(
                n -> () -> leases.write(held(lease, "executor-" + n, DUE), lease.updateTime()))
            .toList();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = threads.invokeAll(tries).stream().map(future -> future.resultNow()).toList();
      assertThat(results)
          .filteredOn(LeaseWrite.Written.class::isInstance)
          .containsExactly(new LeaseWrite.Written(read(A)));
      assertThat(results).filteredOn(LeaseWrite.Lost.class::isInstance).hasSize(49);
    }
  }

  @Test
  void write_isWritten_whenItsAnswerIsLost() {
    var lease = claim(A);
    lossy().lose(Loss.REFUSED);
    // Finer than what is stored: the comparison with what is stored has to allow for it.
    var next = held(lease, "executor-1", DUE.plusNanos(789));

    assertThat(leases().write(next, lease.updateTime()))
        .isEqualTo(new LeaseWrite.Written(new Versioned<>(next, read(A).updateTime())));
  }

  @Test
  void write_mayBeRepeated_whenItFailed() {
    var lease = claim(A);
    var next = held(lease, "executor-1", DUE);
    lossy().lose(Loss.FAULT);
    assertThatThrownBy(() -> leases().write(next, lease.updateTime()))
        .isInstanceOf(StepException.class);

    assertThat(leases().write(next, lease.updateTime())).isEqualTo(new LeaseWrite.Written(read(A)));
  }

  @Test
  void remove_isLost_whenTheLeaseHasChangedSince() {
    var lease = claim(A);
    var current = write(lease, held(lease, "executor-1", DUE));

    assertThat(leases().remove(lease)).isEqualTo(new LeaseWrite.Lost());
    assertThat(leases().remove(current)).isEqualTo(new LeaseWrite.Written(current));
    assertThat(leases().read(A).lease()).isEmpty();
  }

  @Test
  void remove_isDone_whenItsAnswerIsLost() {
    var lease = claim(A);
    lossy().lose(Loss.REFUSED);

    assertThat(leases().remove(lease)).isEqualTo(new LeaseWrite.Written(lease));
    assertThat(leases().remove(lease)).isEqualTo(new LeaseWrite.Written(lease));
  }

  @Test
  void expired_givesWhatIsDue_longestExpiredFirst_andNoMoreThanTheLimit() {
    var steps = IntStream.range(0, 4).mapToObj(n -> new StepKey(RUN, new StepId("s" + n))).toList();
    for (int n = 0; n < 4; n++) {
      var lease = claim(steps.get(n));
      write(lease, held(lease, "executor-1", DUE.minusSeconds(n)));
    }

    assertThat(expired(DUE, 10))
        .containsExactly(steps.get(3), steps.get(2), steps.get(1), steps.get(0));
    assertThat(expired(DUE.minusNanos(1_000), 2)).containsExactly(steps.get(3), steps.get(2));
    assertThat(expired(DUE.minusSeconds(4), 10)).isEmpty();
  }

  @Test
  void expired_passesOverDocumentsThatAreNoLeases() {
    claim(A);
    set(new DocumentRef(collections.leases(), "no step"), Map.of("expiresAt", CLAIMED_AT));

    assertThat(expired(DUE, 10)).containsExactly(A);
  }

  @ParameterizedTest
  @CsvSource({
    "claimId, not a claim id",
    "state, PAUSED",
    "attempt, 1",
    "runId, other",
    "stepId, other",
    "claimedAt, today",
    "termSeconds, x",
    "deliveries, none",
    "modelCalls, none"
  })
  void damagedLease_isReadAsUsedUp_soThatTheSweepEndsTheStep(String field, String value) {
    var lease = claim(A);
    patch(A, field, value);

    var found = leases().expired(DUE, 1).getFirst();

    assertThat(found.value().claim().step()).isEqualTo(A);
    assertThat(found.value().claim().id()).isNotEqualTo(lease.value().claim().id());
    assertThat(found.value().claim().attempt()).isEqualTo(Integer.MAX_VALUE);
    assertThat(found.value().holder()).isInstanceOf(Holder.Executor.class);
    assertThat(found.value().lastError()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(leases().remove(found)).isEqualTo(new LeaseWrite.Written(found));
  }

  @Test
  void damagedLease_isReadAsExpired_whenItsExpiryIsGone() {
    claim(A);
    patch(A, "expiresAt", "soon");

    assertThat(read(A).value().isExpired(CLAIMED_AT)).isTrue();
    assertThat(read(A).value().claim().attempt()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void lastError_ofANewerVersion_isReadAsInternal() {
    var lease = claim(A);
    patch(A, "lastError", "NOT_YET_INVENTED");

    assertThat(read(A).value().lastError()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(read(A).value().claim()).isEqualTo(lease.value().claim());
  }

  @Test
  void leaseDocument_hasTheFieldsOfTheContract() {
    var lease = claim(A).value();

    var expected = new HashMap<String, Object>();
    expected.put("runId", "run-1");
    expected.put("stepId", "a~b");
    expected.put("stepType", "LLM_REPORT");
    expected.put("claimId", lease.claim().id().value());
    expected.put("attempt", 1L);
    expected.put("state", "DISPATCHED");
    expected.put("eventId", "event-1");
    expected.put("claimedAt", CLAIMED_AT);
    expected.put("expiresAt", DUE);
    expected.put("termSeconds", 900L);
    expected.put("deliveries", 0L);
    expected.put("modelCalls", 0L);
    expected.put("purgeAt", DUE.plus(Duration.ofDays(7)));
    assertThat(document(A)).isEqualTo(expected);
  }

  private LeaseRepository leases() {
    return new FirestoreLeaseRepository(lossy(), collections);
  }

  private LossyDocumentStore lossy() {
    if (lossy == null) {
      lossy = new LossyDocumentStore(store());
    }
    return lossy;
  }

  private Versioned<StepLease> claim(StepKey step) {
    set(
        new DocumentRef(collections.runs(), RUN.value()),
        RunFixtures.run("RUNNING", Map.of(step.stepId().value(), RunFixtures.step("READY"))));
    var runs = new FirestoreFlowRunRepository(store(), collections);
    Claim claim = RunFixtures.claim(step);
    runs.claim(((RunRead.Found) runs.read(RUN)).run(), List.of(claim), TERM);
    return read(step);
  }

  private static StepLease held(Versioned<StepLease> lease, String executor, Instant expiresAt) {
    return new StepLease(
        lease.value().claim(),
        new Holder.Executor(executor),
        expiresAt,
        TERM,
        new Effort(1, 0),
        ErrorCode.RATE_LIMITED,
        CLAIMED_AT);
  }

  private Versioned<StepLease> write(Versioned<StepLease> lease, StepLease next) {
    return ((LeaseWrite.Written) leases().write(next, lease.updateTime())).lease();
  }

  private Versioned<StepLease> read(StepKey step) {
    return leases().read(step).lease().orElseThrow();
  }

  private List<StepKey> expired(Instant latest, int limit) {
    return leases().expired(latest, limit).stream()
        .map(lease -> lease.value().claim().step())
        .toList();
  }

  private Map<String, Object> document(StepKey step) {
    return store().getAll(List.of(ref(step))).getFirst().orElseThrow().data();
  }

  private void set(DocumentRef ref, Map<String, Object> data) {
    store().commit(List.of(new Write.Set(ref, data, new Precondition.None())));
  }

  private void patch(StepKey step, String field, Object value) {
    var patch = Patch.empty().with(FieldPath.of(field), value);
    store().commit(List.of(new Write.Update(ref(step), patch, new Precondition.None())));
  }

  private DocumentRef ref(StepKey step) {
    return new DocumentRef(collections.leases(), step.leaseDocumentId());
  }
}
