package io.tda.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.flow.Claim;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.id.ClaimId;
import io.tda.worker.lease.LeaseWrite;
import io.tda.worker.lease.StepLease;
import io.tda.worker.lease.StepLease.Effort;
import io.tda.worker.lease.StepLease.Holder;
import io.tda.worker.store.CommitResult;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.LossyDocumentStore;
import io.tda.worker.store.LossyDocumentStore.Loss;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Versioned;
import io.tda.worker.store.Write;
import io.tda.worker.time.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lease in the hands of an executor. */
@Timeout(30)
final class HeldLeaseTest {
  private static final Instant START = Instant.parse("2025-12-24T06:11:00Z");
  private static final Duration TERM = Duration.ofSeconds(60);
  private static final Claim CLAIM =
      new Claim(
          ExecutorFixture.STEP,
          "LLM_REPORT",
          new ClaimId("00000000-0000-7000-8000-000000000001"),
          1,
          "event-1",
          START);

  private Instant now = START;
  private final InMemoryDocumentStore documents = new InMemoryDocumentStore(() -> now);
  private final GatedDocumentStore gated = new GatedDocumentStore(documents);
  private final LossyDocumentStore lossy = new LossyDocumentStore(gated);
  private final FirestoreLeaseRepository leases = leases(documents);
  private final Cancellation work = new Cancellation();
  private final HeldLease lease = acquire();

  @Test
  void beat_extendsTheLease_byItsTerm() {
    now = START.plusSeconds(20);
    lease.beat();

    assertThat(stored().value().expiresAt()).isEqualTo(now.plus(TERM));
    assertThat(lease.current()).isEqualTo(stored());
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void beat_keepsTheLease_whenTheAnswerToTheLastOneWasLost(Loss loss) {
    now = START.plusSeconds(20);
    lossy.lose(loss);
    lease.beat();
    now = START.plusSeconds(40);
    lease.beat();

    assertThat(lease.isLost()).isFalse();
    assertThat(work.isCancelled()).isFalse();
    assertThat(stored().value().expiresAt()).isEqualTo(now.plus(TERM));
    assertThat(lease.current()).isEqualTo(stored());
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void replace_handsTheLeaseBack_whenTheAnswerToTheLastHeartbeatWasLost(Loss loss) {
    lossy.lose(loss);
    now = START.plusSeconds(20);
    lease.beat();
    var released = released();

    lease.replace(released);

    assertThat(lease.isLost()).isFalse();
    assertThat(stored().value()).isEqualTo(released);
  }

  @Test
  void beat_endsTheWork_whenAnotherExecutorHoldsTheLease() {
    takeOver();
    var taken = stored();
    lease.beat();

    assertThat(lease.isLost()).isTrue();
    assertThat(work.isCancelled()).isTrue();
    assertThat(stored()).isEqualTo(taken);
  }

  @Test
  void beat_endsTheWork_whenTheStepWasClaimedAgain() {
    var current = stored();
    leases.write(
        current.value().reclaimed(new ClaimId("00000000-0000-7000-8000-000000000002"), START),
        current.updateTime());
    var reclaimed = stored();
    lease.beat();

    assertThat(lease.isLost()).isTrue();
    assertThat(stored()).isEqualTo(reclaimed);
  }

  @Test
  void beat_endsTheWork_whenTheLeaseIsGone() {
    leases.remove(stored());
    lease.beat();

    assertThat(lease.isLost()).isTrue();
    assertThat(leases.find(List.of(ExecutorFixture.STEP))).isEmpty();
  }

  @Test
  void beat_leavesAFaultToTheNextOne_butNotForLongerThanTheLeaseHolds() {
    gated.fail(true);
    now = START.plus(TERM).minusMillis(1);
    lease.beat();
    assertThat(lease.isLost()).isFalse();

    now = START.plus(TERM);
    lease.beat();
    assertThat(lease.isLost()).isTrue();
    assertThat(work.isCancelled()).isTrue();
  }

  @Test
  void beat_doesNothing_afterTheRest() {
    lease.rest();
    lease.replace(released());
    var handedBack = stored();
    now = START.plusSeconds(20);
    lease.beat();

    assertThat(stored()).isEqualTo(handedBack);
  }

  @Test
  void rest_waitsForAHeartbeatThatIsUnderWay() throws Exception {
    gated.shut();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var beat = threads.submit(lease::beat);
      gated.awaitCaller();
      var rest = threads.submit(lease::rest);
      assertThat(isDoneSoon(rest)).isFalse();
      gated.open();
      rest.get();
      beat.get();
    }
    var released = released();
    lease.replace(released);

    assertThat(lease.isLost()).isFalse();
    assertThat(stored().value()).isEqualTo(released);
  }

  @Test
  void confirm_asksTheStore_onlyWhereTheLeaseMayHaveExpired() {
    now = START.plus(TERM).minusSeconds(16);
    assertThat(lease.confirm()).isTrue();
    assertThat(gated.commits()).isZero();

    now = START.plus(TERM).minusSeconds(15);
    assertThat(lease.confirm()).isTrue();
    assertThat(gated.commits()).isEqualTo(1);
    assertThat(stored().value().expiresAt()).isEqualTo(now.plus(TERM));
  }

  @Test
  void confirm_isFalse_whenAnotherExecutorTookOver() {
    now = START.plus(TERM);
    takeOver();

    assertThat(lease.confirm()).isFalse();
    assertThat(lease.confirm()).isFalse();
  }

  @Test
  void confirm_isFalse_whenTheLeaseHasExpiredAndTheStoreDoesNotAnswer() {
    now = START.plus(TERM);
    gated.fail(true);

    assertThat(lease.confirm()).isFalse();
  }

  private HeldLease acquire() {
    var expiresAt = START.plus(TERM);
    var held =
        new StepLease(
            CLAIM, new Holder.Executor("executor-1"), expiresAt, TERM, Effort.NONE, null, null);
    var ref = new DocumentRef("step_leases", ExecutorFixture.STEP.leaseDocumentId());
    var seed = new Write.Set(ref, Map.of("seed", true), new Precondition.None());
    if (documents.commit(List.of(seed)) instanceof CommitResult.Committed(var seeded)
        && leases.write(held, seeded) instanceof LeaseWrite.Written(var written)) {
      return new HeldLease(leases(lossy), written, "executor-1", () -> now, work);
    }
    throw new IllegalStateException("the lease was not acquired");
  }

  private void takeOver() {
    var current = stored();
    var value = current.value();
    leases.write(
        new StepLease(
            CLAIM,
            new Holder.Executor("executor-2"),
            now.plus(TERM),
            TERM,
            value.effort(),
            null,
            null),
        current.updateTime());
  }

  private static StepLease released() {
    return StepLease.dispatched(CLAIM, Duration.ofMinutes(15));
  }

  private Versioned<StepLease> stored() {
    return leases.find(List.of(ExecutorFixture.STEP)).getFirst();
  }

  private static FirestoreLeaseRepository leases(DocumentStore store) {
    return new FirestoreLeaseRepository(
        store, new FirestoreCollections("flow_runs", "step_leases"));
  }

  private static boolean isDoneSoon(Future<?> future) throws Exception {
    try {
      future.get(50, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** Holds commits up, fails them, and counts them. */
  private static final class GatedDocumentStore implements DocumentStore {
    private final DocumentStore store;
    private final CountDownLatch called = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean failing;
    private int commits;

    GatedDocumentStore(DocumentStore store) {
      this.store = store;
    }

    void shut() {
      gate = new CountDownLatch(1);
    }

    void open() {
      gate.countDown();
    }

    void awaitCaller() throws InterruptedException {
      called.await();
    }

    void fail(boolean fail) {
      failing = fail;
    }

    int commits() {
      return commits;
    }

    @Override
    public CommitResult commit(List<Write> writes) {
      commits++;
      called.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (failing) {
        throw new StepException(StepError.of(ErrorCode.FIRESTORE_UNAVAILABLE, "unavailable"));
      }
      return store.commit(writes);
    }

    @Override
    public List<Optional<Document>> getAll(List<DocumentRef> refs) {
      return store.getAll(refs);
    }

    @Override
    public List<Document> query(DocumentQuery query) {
      return store.query(query);
    }
  }
}
