package io.tda.worker.dispatcher;

import static io.tda.worker.dispatcher.DispatcherFixture.LEASE;
import static io.tda.worker.dispatcher.DispatcherFixture.NOW;
import static io.tda.worker.dispatcher.DispatcherFixture.event;
import static io.tda.worker.dispatcher.DispatcherFixture.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.lease.LeaseWrite;
import io.tda.worker.lease.StepLease;
import io.tda.worker.lease.StepLease.Effort;
import io.tda.worker.lease.StepLease.Holder;
import io.tda.worker.log.RecoveryEvent.StepReclaimed;
import io.tda.worker.log.RecoveryEvent.SweepFinished;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.LossyDocumentStore.Loss;
import io.tda.worker.store.Patch;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the sweep does to leases that have expired, and that it leaves all others alone. */
class SweepTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final DispatcherFixture fixture = new DispatcherFixture();

  @Test
  void run_leavesALeaseAlone_untilItsGraceIsOver() {
    claim("a");
    fixture.now = NOW.plus(LEASE).plus(GRACE).minusMillis(2);

    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(0, 0, 0, 0, true));
    assertThat(fixture.published.sent()).isEmpty();
  }

  @Test
  void run_publishesTheSameClaimAgain_whenNoExecutorTookItUp() {
    var claim = claim("a");
    fixture.now = expired(LEASE);

    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(1, 1, 0, 0, true));
    assertThat(fixture.published.claims()).containsExactly(claim);
    assertThat(lease("a").claim()).isEqualTo(claim);
    assertThat(lease("a").term()).isEqualTo(LEASE.multipliedBy(2));
    assertThat(lease("a").expiresAt()).isEqualTo(fixture.now.plus(LEASE.multipliedBy(2)));
    assertThat(fixture.log.names())
        .containsExactly("sweep_started", "step_claimed_republished", "sweep_finished");
  }

  @Test
  void run_reclaimsTheStep_whenItsExecutorDied() {
    var claim = claim("a");
    acquire("a", new Effort(2, 1), ErrorCode.GEMINI_REQUEST_FAILED);
    fixture.now = expired(LEASE);

    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(1, 1, 0, 0, true));
    var lease = lease("a");
    assertThat(lease.claim().id()).isNotEqualTo(claim.id());
    assertThat(lease.claim().attempt()).isEqualTo(2);
    assertThat(lease.holder()).isEqualTo(new Holder.Queue());
    assertThat(lease.effort()).isEqualTo(new Effort(0, 2));
    assertThat(lease.lastError()).isEqualTo(ErrorCode.GEMINI_REQUEST_FAILED);
    assertThat(lease.expiresAt()).isEqualTo(fixture.now.plus(LEASE));
    assertThat(fixture.published.claims()).containsExactly(lease.claim());
    assertThat(fixture.log.events(StepReclaimed.class)).containsExactly(new StepReclaimed(2));
    assertThat(fixture.status("a")).isEqualTo("RUNNING");
  }

  @Test
  void run_failsTheStep_whenItHasUsedUpItsClaims() {
    claim("a");
    acquire("a", new Effort(1, 0), null);
    fixture.now = expired(LEASE);
    fixture.sweep().run(LIMIT);
    acquire("a", new Effort(1, 1), null);
    fixture.now = expired(LEASE);

    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(1, 0, 1, 0, true));
    assertThat(fixture.status("a")).isEqualTo("FAILED");
    assertThat(fixture.run().data().toString()).contains("code=LEASE_EXPIRED");
    assertThat(fixture.lease("a")).isEmpty();
    assertThat(fixture.log.names()).contains("step_failed");
  }

  @Test
  void run_failsTheStep_withItsLastError_whenTheClaimIsTooOld() {
    claim("a");
    release("a", ErrorCode.RATE_LIMITED);
    fixture.now = NOW.plus(Duration.ofHours(24));

    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(1, 0, 1, 0, true));
    assertThat(fixture.run().data().toString()).contains("code=RATE_LIMITED");
    assertThat(fixture.lease("a")).isEmpty();
  }

  @Test
  void run_deletesTheLease_whenTheStepHasEnded() {
    claim("a");
    fixture.patchRun(FieldPath.of("steps", "a", "status"), "CANCELLED");
    var run = fixture.run();
    fixture.now = expired(LEASE);

    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(1, 0, 0, 1, true));
    assertThat(fixture.lease("a")).isEmpty();
    assertThat(fixture.run()).isEqualTo(run);
  }

  @Test
  void run_endsAStepWhoseLeaseIsDamaged() {
    claim("a");
    var ref = new DocumentRef("step_leases", DispatcherFixture.key("a").leaseDocumentId());
    fixture.documents.commit(
        List.of(
            new Write.Update(
                ref,
                Patch.empty().with(FieldPath.of("state"), "PAUSED"),
                new Precondition.None())));
    fixture.now = expired(LEASE);

    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(1, 0, 1, 0, true));
    assertThat(fixture.run().data().toString()).contains("code=INTERNAL");
    assertThat(fixture.lease("a")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Remains.class)
  void run_leavesTheStepToItsExecutor_thatShowsASignOfLife(Remains what) {
    claim("a");
    what.arrange(this);
    var claim = lease("a").claim();
    fixture.now = expired(LEASE);
    fixture.store.beforeCommit(() -> {
      fixture.store.beforeCommit(() -> {});
      acquire("a", new Effort(1, 0), null);
    });

    var result = fixture.sweep().run(LIMIT);

    assertThat(result).isEqualTo(new SweepResult(1, 0, 0, 0, true));
    assertThat(lease("a").holder()).isEqualTo(new Holder.Executor("executor-1"));
    assertThat(lease("a").claim()).isEqualTo(claim);
    assertThat(fixture.log.names()).doesNotContain("step_failed");
  }

  /** Situations in which the sweep writes. */
  enum Remains {
    A_LOST_MESSAGE,
    A_DEAD_EXECUTOR,
    A_DEAD_EXECUTOR_OF_THE_LAST_CLAIM,
    AN_OLD_CLAIM,
    AN_ENDED_STEP;

    void arrange(SweepTest test) {
      switch (this) {
        case A_LOST_MESSAGE -> {
          // As it is.
        }
        case A_DEAD_EXECUTOR -> test.acquire("a", new Effort(1, 0), null);
        case A_DEAD_EXECUTOR_OF_THE_LAST_CLAIM -> {
          A_DEAD_EXECUTOR.arrange(test);
          test.fixture.now = test.expired(LEASE);
          test.fixture.sweep().run(LIMIT);
          A_DEAD_EXECUTOR.arrange(test);
        }
        case AN_OLD_CLAIM -> test.fixture.now = NOW.plus(Duration.ofHours(24));
        case AN_ENDED_STEP ->
            test.fixture.patchRun(FieldPath.of("steps", "a", "status"), "CANCELLED");
      }
    }
  }

  @Test
  void run_failsTheStepAfterAll_whenOnlyTheRunHasChangedMeanwhile() {
    claim("a");
    fixture.now = NOW.plus(Duration.ofHours(25));
    fixture.store.beforeCommit(() -> {
      fixture.store.beforeCommit(() -> {});
      fixture.touchRun();
    });

    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(1, 0, 1, 0, true));
    assertThat(fixture.status("a")).isEqualTo("FAILED");
  }

  @Test
  void run_leavesItToTheNextSweep_whenTheMessageIsNotPublished() {
    claim("a");
    acquire("a", new Effort(1, 0), null);
    fixture.now = expired(LEASE);
    fixture.publisher.failOnce();

    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(1, 0, 0, 0, false));
    assertThat(fixture.published.sent()).isEmpty();
    fixture.now = fixture.now.plus(GRACE);
    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(1, 1, 0, 0, true));
    assertThat(fixture.published.claims()).containsExactly(lease("a").claim());
    assertThat(lease("a").claim().attempt()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE, value = Loss.class)
  void run_losesNoStep_whenTheAnswerToItsWriteIsLost(Loss loss) {
    claim("a");
    acquire("a", new Effort(1, 0), null);
    fixture.now = expired(LEASE);
    fixture.lossy.lose(loss);

    fixture.sweep().run(LIMIT);
    fixture.now = fixture.now.plus(GRACE);
    fixture.sweep().run(LIMIT);

    assertThat(fixture.published.claims()).containsExactly(lease("a").claim());
    assertThat(lease("a").claim().attempt()).isEqualTo(2);
  }

  @Test
  void run_goesOnWithTheOthers_whenOneMeetsABug() {
    claim("a", "b");
    fixture.now = expired(LEASE);
    fixture.publisher.throwOnce(new IllegalStateException("CANARY-PAYLOAD"));

    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(2, 1, 0, 0, false));
    assertThat(fixture.published.sent()).hasSize(1);
    assertThat(fixture.log.names()).contains("internal_error");
    assertThat(fixture.log.entries().toString()).doesNotContain("CANARY-PAYLOAD");
  }

  @Test
  void run_goesOnPageByPage_untilNothingIsLeft() {
    claim(names(250));
    fixture.now = expired(LEASE);

    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(250, 250, 0, 0, true));
    assertThat(fixture.published.claims().stream().distinct()).hasSize(250);
  }

  @Test
  void run_triesEachLeaseOnce_whenNoMessageIsPublished() {
    claim(names(100));
    fixture.now = expired(LEASE);
    for (int i = 0; i < 100; i++) {
      fixture.publisher.failOnce();
    }

    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(100, 0, 0, 0, false));
    assertThat(fixture.published.sent()).isEmpty();
  }

  @Test
  void run_stopsAtItsLimit_andTheNextOneGoesOn() {
    claim(names(3));
    fixture.now = expired(LEASE);
    // Each message takes a second.
    fixture.store.beforeCommit(() -> fixture.now = fixture.now.plusSeconds(1));

    var first = fixture.sweep().run(Duration.ofSeconds(2));
    var second = fixture.sweep().run(Duration.ofSeconds(2));

    assertThat(first).isEqualTo(new SweepResult(2, 2, 0, 0, false));
    assertThat(second).isEqualTo(new SweepResult(1, 1, 0, 0, true));
    assertThat(fixture.published.claims().stream().distinct()).hasSize(3);
    assertThat(fixture.log.events(SweepFinished.class))
        .containsExactly(new SweepFinished(2, 2, 0, 0, false), new SweepFinished(1, 1, 0, 0, true));
  }

  @RepeatedTest(50)
  void run_givesAStepOneNewClaim_whenFourSweepsRace() throws Exception {
    claim("a");
    acquire("a", new Effort(1, 0), null);
    fixture.now = expired(LEASE);
    var sweep = fixture.sweep(fixture.documents);
    Callable<SweepResult> run = () -> sweep.run(LIMIT);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.invokeAll(List.of(run, run, run, run));
    }

    assertThat(fixture.published.claims()).containsOnly(lease("a").claim());
    assertThat(lease("a").claim().attempt()).isEqualTo(2);
  }

  @Test
  void run_writesToNoRun_whenItBringsAStepBack() {
    claim("a", "b");
    acquire("b", new Effort(1, 0), null);
    var run = fixture.run();
    fixture.now = expired(LEASE);

    fixture.sweep().run(LIMIT);

    assertThat(fixture.run()).isEqualTo(run);
  }

  private void claim(String[] steps) {
    var ready = new HashMap<String, Object>();
    for (var step : steps) {
      ready.put(step, ready());
    }
    var snapshot = fixture.putRun("RUNNING", ready);
    for (int i = 0; i < steps.length; i++) {
      fixture.publisher.failOnce();
      snapshot = i == 0 ? snapshot : fixture.run();
      fixture.handler(fixture.documents, 1).handle(event("e" + i, snapshot));
    }
    assertThat(fixture.published.sent()).isEmpty();
    fixture.log.clear();
  }

  private void claim(String one, String other) {
    claim(new String[] {one, other});
  }

  private Claim claim(String step) {
    claim(new String[] {step});
    return lease(step).claim();
  }

  private static String[] names(int count) {
    var names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = "s" + i;
    }
    return names;
  }

  private StepLease lease(String step) {
    return fixture.lease(step).orElseThrow().value();
  }

  private void acquire(String step, Effort effort, @Nullable ErrorCode lastError) {
    change(step, new Holder.Executor("executor-1"), effort, lastError);
  }

  private void release(String step, ErrorCode lastError) {
    change(step, new Holder.Queue(), new Effort(1, 1), lastError);
  }

  private void change(String step, Holder holder, Effort effort, @Nullable ErrorCode lastError) {
    var lease = fixture.lease(step).orElseThrow();
    var value = lease.value();
    var next =
        new StepLease(
            value.claim(), holder, fixture.now.plus(LEASE), LEASE, effort, lastError, null);
    assertThat(fixture.leases.write(next, lease.updateTime()))
        .isInstanceOf(LeaseWrite.Written.class);
  }

  /** A little after leases that were given now for this long have expired, and their grace. */
  private Instant expired(Duration term) {
    return fixture.now.plus(term).plus(GRACE);
  }
}
