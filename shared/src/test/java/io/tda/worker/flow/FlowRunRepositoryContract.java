package io.tda.worker.flow;

import static io.tda.worker.flow.RunFixtures.CLAIMED_AT;
import static io.tda.worker.flow.RunFixtures.FINISHED_AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.flow.FlowRunRepository.Fence;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.lease.LeaseWrite;
import io.tda.worker.lease.StepLease;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the run repository must do on every store: claims and ends that happen once. */
public abstract class FlowRunRepositoryContract {
  private static final RunId RUN = new RunId("20260301-120000_LINKUSDT_demo");
  private static final StepKey A = new StepKey(RUN, new StepId("a"));
  private static final StepKey B = new StepKey(RUN, new StepId("b"));
  private static final Duration TERM = Duration.ofMinutes(15);
  private static final String EXECUTOR = "executor-1";

  private final FirestoreCollections collections =
      new FirestoreCollections("runs-" + UUID.randomUUID(), "leases-" + UUID.randomUUID());
  private @Nullable LossyDocumentStore lossy;

  /** The store under test; the same one for the whole of a test. */
  protected abstract DocumentStore store();

  @Test
  void read_tellsFoundFromMissingFromInvalid() {
    assertThat(runs().read(RUN)).isEqualTo(new RunRead.Missing());

    put(RUN.value(), Map.of("status", "RUNNING"));
    assertThat(runs().read(RUN)).isInstanceOf(RunRead.Invalid.class);

    putRun("RUNNING", Map.of("a", RunFixtures.step("READY")));
    assertThat(readRun().value().step("a")).map(FlowStep::status).contains(StepStatus.READY);
  }

  @Test
  void claim_movesTheStepsToRunning_andLeasesThem() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("READY"), "b", RunFixtures.step("READY")));
    var claims = List.of(RunFixtures.claim(A), RunFixtures.claim(B));

    var result = runs().claim(readRun(), claims, TERM);

    assertThat(result).isEqualTo(new ClaimResult.Claimed(readRun().updateTime()));
    for (var claim : claims) {
      assertThat(readRun().value().step(claim.step().stepId()))
          .map(FlowStep::status)
          .contains(StepStatus.RUNNING);
      assertThat(lease(claim.step()).value()).isEqualTo(StepLease.dispatched(claim, TERM));
    }
  }

  @Test
  void claim_changesItsOwnFieldsOnly() {
    var stale = new HashMap<>(RunFixtures.step("READY"));
    stale.put("error", Map.of("code", "INTERNAL"));
    putRun("RUNNING", Map.of("a", stale, "b", RunFixtures.step("PENDING")));

    runs().claim(readRun(), List.of(RunFixtures.claim(A)), TERM);

    var expected = new HashMap<>(RunFixtures.step("RUNNING"));
    expected.put(
        "outputs",
        Map.of(
            "ownedByOthers",
            "kept",
            "execution",
            Map.of("timing", Map.of("startedAt", "2026-03-01T12:00:00.123Z"))));
    assertThat(document(RUN.value()))
        .isEqualTo(
            RunFixtures.run("RUNNING", Map.of("a", expected, "b", RunFixtures.step("PENDING"))));
  }

  @Test
  void claim_isContended_whenTheRunHasChangedSince() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("READY")));
    var read = readRun();
    touchRun();

    assertThat(runs().claim(read, List.of(RunFixtures.claim(A)), TERM))
        .isEqualTo(new ClaimResult.Contended());
    assertThat(leases().read(A).lease()).isEmpty();
  }

  @Test
  void claim_isContended_whenAnotherClaimOfTheSameEventHasWon() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("READY")));
    var read = readRun();
    var winner = RunFixtures.claim(A);
    runs().claim(read, List.of(winner), TERM);

    assertThat(runs().claim(read, List.of(RunFixtures.claim(A)), TERM))
        .isEqualTo(new ClaimResult.Contended());
    assertThat(lease(A).value().claim()).isEqualTo(winner);
  }

  @Test
  void claim_isWonOnce_whenFiftyTryAtOnce() throws Exception {
    putRun("RUNNING", Map.of("a", RunFixtures.step("READY")));
    var read = readRun();
    var runs = runs();
    var tries =
        Stream.generate(() -> RunFixtures.claim(A))
            .limit(50)
            .<Callable<ClaimResult>>map(claim -> () -> runs.claim(read, List.of(claim), TERM))
            .toList();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = threads.invokeAll(tries).stream().map(future -> future.resultNow()).toList();
      assertThat(results).filteredOn(ClaimResult.Claimed.class::isInstance).hasSize(1);
      assertThat(results).filteredOn(ClaimResult.Contended.class::isInstance).hasSize(49);
    }
  }

  @Test
  void claim_fencesOffTheHolderOfAStaleLease() {
    var old = claimed();
    putRun("RUNNING", Map.of("a", RunFixtures.step("READY")));
    var claim = RunFixtures.claim(A);

    assertThat(runs().claim(readRun(), List.of(claim), TERM))
        .isInstanceOf(ClaimResult.Claimed.class);

    assertThat(lease(A).value()).isEqualTo(StepLease.dispatched(claim, TERM));
    var heartbeat = executing(old.value());
    assertThat(leases().write(heartbeat, old.updateTime())).isEqualTo(new LeaseWrite.Lost());
  }

  @Test
  void claim_isWon_whenItsAnswerIsLost() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("READY"), "b", RunFixtures.step("READY")));
    var read = readRun();
    lossy().lose(Loss.REFUSED);

    var result = runs().claim(read, List.of(RunFixtures.claim(A), RunFixtures.claim(B)), TERM);

    assertThat(result).isEqualTo(new ClaimResult.Claimed(readRun().updateTime()));
  }

  @Test
  void claim_mayBeRepeated_whenItFailed() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("READY")));
    var read = readRun();
    var claims = List.of(RunFixtures.claim(A));
    lossy().lose(Loss.FAULT);
    assertThatThrownBy(() -> runs().claim(read, claims, TERM)).isInstanceOf(StepException.class);

    assertThat(runs().claim(read, claims, TERM)).isInstanceOf(ClaimResult.Claimed.class);
  }

  @Test
  void claim_refusesAStepThatIsNotReady() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("RUNNING")));

    assertThatThrownBy(() -> runs().claim(readRun(), List.of(RunFixtures.claim(A)), TERM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void adopt_leasesARunningStep_thatHasNoLease() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("RUNNING")));
    var claim = RunFixtures.claim(A);

    var result = runs().adopt(readRun(), List.of(claim), TERM);

    assertThat(result).isEqualTo(new ClaimResult.Claimed(readRun().updateTime()));
    assertThat(lease(A).value()).isEqualTo(StepLease.dispatched(claim, TERM));
    assertThat(status()).isEqualTo(StepStatus.RUNNING);
  }

  @Test
  void adopt_isContended_whenTheStepHasALease() {
    var lease = claimed();

    assertThat(runs().adopt(readRun(), List.of(RunFixtures.claim(A)), TERM))
        .isEqualTo(new ClaimResult.Contended());
    assertThat(lease(A)).isEqualTo(lease);
  }

  @Test
  void adopt_isContended_whenTheStepHasEndedSince() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("RUNNING")));
    var read = readRun();
    patchRun("steps", "a", "status", "SUCCEEDED");

    assertThat(runs().adopt(read, List.of(RunFixtures.claim(A)), TERM))
        .isEqualTo(new ClaimResult.Contended());
    assertThat(leases().read(A).lease()).isEmpty();
    assertThat(status()).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void adopt_refusesAStepThatIsNotRunning() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("READY")));

    assertThatThrownBy(() -> runs().adopt(readRun(), List.of(RunFixtures.claim(A)), TERM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void adopt_isWon_whenItsAnswerIsLost() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("RUNNING")));
    lossy().lose(Loss.REFUSED);

    assertThat(runs().adopt(readRun(), List.of(RunFixtures.claim(A)), TERM))
        .isEqualTo(new ClaimResult.Claimed(readRun().updateTime()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a~b", "a*b", "[a]", "a:b", "$a", "é", "中", "😀", "a`b", "a\\b"})
  void claimAndFinish_takeAnySafeStepId(String stepId) {
    var step = new StepKey(RUN, new StepId(stepId));
    putRun("RUNNING", Map.of(stepId, RunFixtures.step("READY"), "b", RunFixtures.step("READY")));
    var claim = RunFixtures.claim(step);

    runs().claim(readRun(), List.of(claim), TERM);
    var lease = leases().expired(CLAIMED_AT.plus(TERM), 1).getFirst();
    assertThat(lease.value().claim()).isEqualTo(claim);
    var fence = new Fence(claim.id(), null, lease.updateTime());
    var outcome = RunFixtures.failed(claim, FINISHED_AT);

    assertThat(runs().finish(step, outcome, fence, readRun().updateTime()))
        .isEqualTo(new FinalizeResult.Finalized());
    assertThat(readRun().value().steps().values().stream().map(FlowStep::status))
        .containsExactlyInAnyOrder(StepStatus.FAILED, StepStatus.READY);
  }

  @Test
  void finish_endsTheStep_andDeletesItsLease() {
    var lease = executing();

    var result = finish(RunFixtures.succeeded(lease.value().claim(), FINISHED_AT), lease);

    assertThat(result).isEqualTo(new FinalizeResult.Finalized());
    assertThat(leases().read(A).lease()).isEmpty();
    var step = readRun().value().step("a").orElseThrow();
    assertThat(step.status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(step.output("gcs_uri")).isEqualTo("gs://reports/run/1w/step.json");
    assertThat(step.output("ownedByOthers")).isEqualTo("kept");
    assertThat(step.fields())
        .containsEntry("finishedAt", "2026-03-01T12:00:30.123Z")
        .containsEntry("inputs", Map.of("ownedByOthers", "kept"));
  }

  @Test
  void finish_endsAReadyStepThatCanNeverRun_withoutALease() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("READY")));
    var time = readRun().updateTime();

    var result = runs().finish(A, RunFixtures.misconfigured(FINISHED_AT), null, time);

    assertThat(result).isEqualTo(new FinalizeResult.Finalized());
    assertThat(status()).isEqualTo(StepStatus.FAILED);
  }

  @Test
  void finish_isContended_whenTheRunHasChanged_andSucceedsWithTheNewTimes() {
    var lease = executing();
    var outcome = RunFixtures.succeeded(lease.value().claim(), FINISHED_AT);
    var stale = readRun().updateTime();
    touchRun();

    var result = runs().finish(A, outcome, fence(lease), stale);

    assertThat(result)
        .isEqualTo(new FinalizeResult.Contended(readRun().updateTime(), lease.updateTime()));
    assertThat(status()).isEqualTo(StepStatus.RUNNING);
    assertThat(finish(outcome, lease)).isEqualTo(new FinalizeResult.Finalized());
  }

  @Test
  void finish_isContended_whenItsOwnHeartbeatHasMovedTheLease() {
    var lease = executing();
    var extended = extend(lease);

    var result = finish(RunFixtures.succeeded(lease.value().claim(), FINISHED_AT), lease);

    assertThat(result)
        .isEqualTo(new FinalizeResult.Contended(readRun().updateTime(), extended.updateTime()));
  }

  @Test
  void finish_isContended_whenTheRunOfAMisconfiguredStepHasChanged() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("READY")));
    var stale = readRun().updateTime();
    touchRun();

    assertThat(runs().finish(A, RunFixtures.misconfigured(FINISHED_AT), null, stale))
        .isEqualTo(new FinalizeResult.Contended(readRun().updateTime(), null));
  }

  @Test
  void finish_isSuperseded_whenAnotherExecutorHoldsTheLease() {
    var lease = executing();
    var taken = with(lease.value(), new StepLease.Holder.Executor("executor-2"), CLAIMED_AT);
    assertThat(leases().write(taken, lease.updateTime())).isInstanceOf(LeaseWrite.Written.class);

    assertThat(finish(RunFixtures.succeeded(lease.value().claim(), FINISHED_AT), lease))
        .isEqualTo(new FinalizeResult.Superseded());
    assertThat(status()).isEqualTo(StepStatus.RUNNING);
  }

  @Test
  void finish_isSuperseded_whenTheStepWasReclaimed() {
    var lease = executing();
    var reclaimed = StepLease.dispatched(RunFixtures.claim(A), TERM);
    assertThat(leases().write(reclaimed, lease.updateTime()))
        .isInstanceOf(LeaseWrite.Written.class);

    assertThat(finish(RunFixtures.succeeded(lease.value().claim(), FINISHED_AT), lease))
        .isEqualTo(new FinalizeResult.Superseded());
  }

  @Test
  void finish_isSuperseded_whenTheLeaseIsGoneOrReleased() {
    var lease = executing();
    var outcome = RunFixtures.succeeded(lease.value().claim(), FINISHED_AT);
    var released = with(lease.value(), new StepLease.Holder.Queue(), CLAIMED_AT);
    assertThat(leases().write(released, lease.updateTime())).isInstanceOf(LeaseWrite.Written.class);
    assertThat(finish(outcome, lease)).isEqualTo(new FinalizeResult.Superseded());

    leases().remove(lease(A));
    assertThat(finish(outcome, lease)).isEqualTo(new FinalizeResult.Superseded());
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELLED", "FAILED", "SUCCEEDED", "SKIPPED"})
  void finish_isAlreadyFinal_whenSomebodyElseEndedTheStep(StepStatus status) {
    var lease = executing();
    var stale = readRun().updateTime();
    patchRun("steps", "a", "status", status.name());

    var outcome = RunFixtures.succeeded(lease.value().claim(), FINISHED_AT);
    assertThat(runs().finish(A, outcome, fence(lease), stale))
        .isEqualTo(new FinalizeResult.AlreadyFinal(status));
  }

  @Test
  void finish_isAlreadyFinal_whenTheSweepEndedTheStepInTheNameOfTheSameClaim() {
    var lease = executing();
    var stale = readRun().updateTime();
    var claim = lease.value().claim();
    finish(RunFixtures.failed(claim, FINISHED_AT), lease);

    var late = RunFixtures.succeeded(claim, FINISHED_AT);
    assertThat(runs().finish(A, late, fence(lease), stale))
        .isEqualTo(new FinalizeResult.AlreadyFinal(StepStatus.FAILED));
    var later = RunFixtures.failed(claim, FINISHED_AT.plusMillis(1));
    assertThat(runs().finish(A, later, fence(lease), stale))
        .isEqualTo(new FinalizeResult.AlreadyFinal(StepStatus.FAILED));
  }

  @Test
  void finish_isNotRunning_whenTheStepWasResetOrRemoved() {
    var lease = executing();
    var outcome = RunFixtures.succeeded(lease.value().claim(), FINISHED_AT);
    var stale = readRun().updateTime();
    patchRun("steps", "a", "status", "READY");
    assertThat(runs().finish(A, outcome, fence(lease), stale))
        .isEqualTo(new FinalizeResult.NotRunning(StepStatus.READY));

    putRun("RUNNING", Map.of());
    assertThat(runs().finish(A, outcome, fence(lease), stale))
        .isEqualTo(new FinalizeResult.NotRunning(StepStatus.UNRECOGNIZED));
  }

  @Test
  void finish_isNotRunning_whenAMisconfiguredStepIsNotReadyAnyMore() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("READY")));
    var stale = readRun().updateTime();
    patchRun("steps", "a", "status", "PENDING");

    assertThat(runs().finish(A, RunFixtures.misconfigured(FINISHED_AT), null, stale))
        .isEqualTo(new FinalizeResult.NotRunning(StepStatus.PENDING));
  }

  @Test
  void finish_findsTheRunEnded_whenItIsCancelledBrokenOrGone() {
    var lease = executing();
    var outcome = RunFixtures.succeeded(lease.value().claim(), FINISHED_AT);
    var stale = readRun().updateTime();
    patchRun("status", "CANCELLED");
    assertThat(runs().finish(A, outcome, fence(lease), stale))
        .isEqualTo(new FinalizeResult.RunEnded());

    patchRun("status", "no such status");
    assertThat(runs().finish(A, outcome, fence(lease), stale))
        .isEqualTo(new FinalizeResult.RunEnded());

    delete(RUN.value());
    assertThat(runs().finish(A, outcome, fence(lease), stale))
        .isEqualTo(new FinalizeResult.RunEnded());
  }

  @Test
  void finish_succeeds_whenItsAnswerIsLost_andTheRunIsCancelledMeanwhile() {
    var lease = executing();
    var outcome = RunFixtures.succeeded(lease.value().claim(), FINISHED_AT);
    var time = readRun().updateTime();
    lossy().lose(Loss.REFUSED);
    assertThat(runs().finish(A, outcome, fence(lease), time))
        .isEqualTo(new FinalizeResult.Finalized());

    patchRun("status", "CANCELLED");
    assertThat(runs().finish(A, outcome, fence(lease), time))
        .isEqualTo(new FinalizeResult.Finalized());
  }

  @Test
  void finish_mayBeRepeated_whenItFailed() {
    var lease = executing();
    var outcome = RunFixtures.succeeded(lease.value().claim(), FINISHED_AT);
    var time = readRun().updateTime();
    lossy().lose(Loss.FAULT);
    assertThatThrownBy(() -> runs().finish(A, outcome, fence(lease), time))
        .isInstanceOf(StepException.class);

    assertThat(runs().finish(A, outcome, fence(lease), time))
        .isEqualTo(new FinalizeResult.Finalized());
  }

  @Test
  void finish_ofAMisconfiguredStep_succeeds_whenItsAnswerIsLost() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("READY")));
    lossy().lose(Loss.REFUSED);

    assertThat(
            runs().finish(A, RunFixtures.misconfigured(FINISHED_AT), null, readRun().updateTime()))
        .isEqualTo(new FinalizeResult.Finalized());
  }

  @Test
  void finish_happensOnce_whenExecutorAndSweepRace() throws Exception {
    var lease = executing();
    var claim = lease.value().claim();
    var time = readRun().updateTime();
    var runs = runs();
    List<Callable<FinalizeResult>> both =
        List.of(
            () -> runs.finish(A, RunFixtures.succeeded(claim, FINISHED_AT), fence(lease), time),
            () -> runs.finish(A, RunFixtures.failed(claim, FINISHED_AT), fence(lease), time));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = threads.invokeAll(both).stream().map(future -> future.resultNow()).toList();
      assertThat(results).filteredOn(FinalizeResult.Finalized.class::isInstance).hasSize(1);
      assertThat(results)
          .filteredOn(FinalizeResult.AlreadyFinal.class::isInstance)
          .containsExactly(new FinalizeResult.AlreadyFinal(status()));
    }
  }

  @Test
  void running_pagesThroughRunningRuns_pastDocumentsThatAreNone() {
    var running = RunFixtures.run("RUNNING", Map.of());
    Stream.of("r1", "r2", "r3", "r4").forEach(id -> put(id, running));
    Stream.of("r1!", "r1!!", "r1!!!", "z!").forEach(id -> put(id, running));
    put("r0", RunFixtures.run("SUCCEEDED", Map.of()));

    assertThat(runs().running(null, 2)).containsExactly(new RunId("r1"), new RunId("r2"));
    assertThat(runs().running(new RunId("r2"), 2))
        .containsExactly(new RunId("r3"), new RunId("r4"));
    assertThat(runs().running(new RunId("r4"), 2)).isEmpty();
    assertThat(runs().running(null, 10)).hasSize(4);
  }

  private FlowRunRepository runs() {
    return new FirestoreFlowRunRepository(lossy(), collections);
  }

  private LeaseRepository leases() {
    return new FirestoreLeaseRepository(store(), collections);
  }

  private LossyDocumentStore lossy() {
    if (lossy == null) {
      lossy = new LossyDocumentStore(store());
    }
    return lossy;
  }

  private Versioned<FlowRun> readRun() {
    return ((RunRead.Found) runs().read(RUN)).run();
  }

  private StepStatus status() {
    return readRun().value().step("a").orElseThrow().status();
  }

  private Versioned<StepLease> lease(StepKey step) {
    return leases().read(step).lease().orElseThrow();
  }

  /** A run whose step {@code a} is claimed and waits in the queue. */
  private Versioned<StepLease> claimed() {
    putRun("RUNNING", Map.of("a", RunFixtures.step("READY")));
    runs().claim(readRun(), List.of(RunFixtures.claim(A)), TERM);
    return lease(A);
  }

  /** A run whose step {@code a} is claimed and executed. */
  private Versioned<StepLease> executing() {
    var lease = claimed();
    return ((LeaseWrite.Written) leases().write(executing(lease.value()), lease.updateTime()))
        .lease();
  }

  private static StepLease executing(StepLease lease) {
    return with(lease, new StepLease.Holder.Executor(EXECUTOR), CLAIMED_AT.plusSeconds(60));
  }

  private Versioned<StepLease> extend(Versioned<StepLease> lease) {
    var next = with(lease.value(), lease.value().holder(), CLAIMED_AT.plusSeconds(120));
    return ((LeaseWrite.Written) leases().write(next, lease.updateTime())).lease();
  }

  private static StepLease with(StepLease lease, StepLease.Holder holder, Instant expiresAt) {
    return new StepLease(
        lease.claim(), holder, expiresAt, lease.term(), lease.effort(), null, null);
  }

  private FinalizeResult finish(StepOutcome outcome, Versioned<StepLease> lease) {
    return runs().finish(A, outcome, fence(lease), readRun().updateTime());
  }

  private static Fence fence(Versioned<StepLease> lease) {
    return new Fence(lease.value().claim().id(), EXECUTOR, lease.updateTime());
  }

  private void putRun(String status, Map<String, Object> steps) {
    put(RUN.value(), RunFixtures.run(status, steps));
  }

  private void put(String id, Map<String, Object> data) {
    store().commit(List.of(new Write.Set(ref(id), data, new Precondition.None())));
  }

  private void delete(String id) {
    store().commit(List.of(new Write.Delete(ref(id), new Precondition.None())));
  }

  private void touchRun() {
    patchRun("touched", UUID.randomUUID().toString());
  }

  /** The last text is the value. */
  private void patchRun(String... pathAndValue) {
    int last = pathAndValue.length - 1;
    var path = new FieldPath(List.of(pathAndValue).subList(0, last));
    var patch = Patch.empty().with(path, pathAndValue[last]);
    store().commit(List.of(new Write.Update(ref(RUN.value()), patch, new Precondition.None())));
  }

  private Map<String, Object> document(String id) {
    return store().getAll(List.of(ref(id))).getFirst().orElseThrow().data();
  }

  private DocumentRef ref(String id) {
    return new DocumentRef(collections.runs(), id);
  }
}
