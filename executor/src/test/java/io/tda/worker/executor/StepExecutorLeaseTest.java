package io.tda.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.lease.StepLease;
import io.tda.worker.lease.StepLease.Effort;
import io.tda.worker.log.DeliveryEvent.LeaseAcquired;
import io.tda.worker.store.LossyDocumentStore.Loss;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a lease is worth: lost, handed back, used up. */
final class StepExecutorLeaseTest {
  @TempDir private Path folder;
  private ExecutorFixture fixture;

  @BeforeEach
  void makeFixture() {
    fixture = new ExecutorFixture(folder);
  }

  @Test
  void execute_writesNothing_whenAnotherExecutorTookOverDuringTheCall() {
    fixture.model.during(() -> {
      fixture.takeOver();
      fixture.advanceWithHeartbeat(Duration.ofSeconds(20));
    });

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.reportExists()).isFalse();
    assertThat(fixture.step().status()).isEqualTo(StepStatus.RUNNING);
    assertThat(fixture.log.names()).contains("lease_lost").doesNotContain("step_completed");
  }

  @Test
  void execute_writesNothing_whenItWakesUpAfterItsLease() {
    fixture.model.during(() -> {
      fixture.advance(Duration.ofSeconds(61));
      fixture.takeOver();
    });

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.reportExists()).isFalse();
    assertThat(fixture.step().status()).isEqualTo(StepStatus.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user_input_built", "llm_request_finished"})
  void execute_writesNothing_whenItWasStoppedForTooLong(String before) {
    fixture.after(before, fixture::stopTooLong);
    var run = fixture.stepText();

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.reportExists()).isFalse();
    assertThat(fixture.stepText()).isEqualTo(run);
    assertThat(fixture.lease().orElseThrow().value().executorId()).isEqualTo("other");
    assertThat(fixture.log.names()).contains("lease_lost").doesNotContain("gcs_write_started");
  }

  @Test
  void execute_callsNoModel_whenItWasStoppedForTooLongBeforeTheCall() {
    fixture.after("user_input_built", fixture::stopTooLong);

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.model.calls()).isZero();
  }

  @Test
  void execute_callsNoModel_whenItStandsStillWhileItAsksForItsLease() {
    fixture.after(
        "user_input_built",
        () -> {
          fixture.advance(Duration.ofSeconds(50));
          fixture.lossy.afterCommit(fixture::stopTooLong);
        });

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.model.calls()).isZero();
    assertThat(fixture.lease().orElseThrow().value().executorId()).isEqualTo("other");
  }

  @Test
  void execute_callsNoModel_whenItsTimeIsOverOnceItHasAskedForItsLease() {
    fixture.after(
        "user_input_built",
        () -> {
          fixture.advance(Duration.ofSeconds(50));
          fixture.lossy.afterCommit(() -> fixture.advance(Duration.ofSeconds(500)));
        });

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.model.calls()).isZero();
  }

  @Test
  void execute_leavesItsReportToTheOther_whenItWasStoppedAfterTheLastQuestion() {
    fixture.after("gcs_write_started", fixture::stopTooLong);
    var run = fixture.stepText();

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    // Between the question and the write there is no way to tell. What is written is this step's
    // report, and the executor that holds the lease takes it.
    assertThat(fixture.stepText()).isEqualTo(run);
    fixture.advance(ExecutorFixture.LEASE);
    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
    assertThat(fixture.model.calls()).isEqualTo(1);
    assertThat(fixture.log.names()).doesNotContain("orphan_report_object");
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void execute_endsTheStep_whenTheAnswerToTheAcquiringIsLost(Loss loss) {
    fixture.lossy.lose(loss);

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
    assertThat(fixture.step().status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(fixture.log.events(LeaseAcquired.class))
        .containsExactly(new LeaseAcquired(1, 0, false));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void execute_goesOn_whenTheAnswerToAHeartbeatIsLost(Loss loss) {
    fixture.model.during(() -> {
      fixture.lossy.lose(loss);
      fixture.advanceWithHeartbeat(Duration.ofSeconds(20));
      fixture.advanceWithHeartbeat(Duration.ofSeconds(20));
    });

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
    assertThat(fixture.model.calls()).isEqualTo(1);
  }

  @Test
  void execute_losesNoReport_whenTheAnswerToTheLastCommitIsLost() {
    fixture.after("gcs_write_finished", () -> fixture.lossy.lose(Loss.FAULT));

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.step().status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Stale.class);
    assertThat(fixture.reportExists()).isTrue();
  }

  @Test
  void execute_ticksNoMore_whenTheDeliveryHasEnded() {
    fixture.model.fails(StepError.of(ErrorCode.GEMINI_REQUEST_FAILED, "unavailable"));
    fixture.execute();
    var handedBack = fixture.lease();
    fixture.advance(Duration.ofSeconds(20));

    assertThat(fixture.isTicking()).isFalse();
    fixture.lateHeartbeats();
    assertThat(fixture.lease()).isEqualTo(handedBack);
    fixture.execute();
    fixture.lateHeartbeats();
    assertThat(fixture.lease()).isEmpty();
  }

  @Test
  void execute_keepsItsHeartbeat_afterABugInOne() {
    fixture.model.during(() -> {
      fixture.lossy.fail(new IllegalStateException("CANARY-OUTPUT-PHRASE"));
      fixture.advanceWithHeartbeat(Duration.ofSeconds(20));
      fixture.advanceWithHeartbeat(Duration.ofSeconds(20));
    });

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
    assertThat(fixture.log.names()).containsOnlyOnce("internal_error");
  }

  @Test
  void execute_keepsItsLease_toTheEndOfItsTime() {
    fixture.model.during(() -> {
      fixture.advanceWithHeartbeat(Duration.ofSeconds(590));
      assertThat(leaseEnd()).isEqualTo(ExecutorFixture.START.plusSeconds(650));
    });

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
  }

  @Test
  void execute_leavesTheStepToAnother_whenItHangsBeyondItsTime() {
    fixture.model.during(() -> {
      fixture.advanceWithHeartbeat(Duration.ofSeconds(590));
      fixture.advanceWithHeartbeat(Duration.ofSeconds(20));
      fixture.advanceWithHeartbeat(Duration.ofSeconds(20));
      assertThat(leaseEnd()).isEqualTo(ExecutorFixture.START.plusSeconds(650));
      fixture.advanceWithHeartbeat(Duration.ofSeconds(20));
      fixture.takeOver();
    });
    var run = fixture.stepText();

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.reportExists()).isFalse();
    assertThat(fixture.stepText()).isEqualTo(run);
    assertThat(fixture.lease().orElseThrow().value().executorId()).isEqualTo("other");
  }

  @Test
  void execute_tellsItsWorkToEnd_whenItHangsBeyondItsTime() {
    var told = new AtomicBoolean();
    fixture.model.during(cancellation -> {
      try (var _ = cancellation.onCancel(() -> told.set(true))) {
        fixture.advanceWithHeartbeat(Duration.ofSeconds(590));
        assertThat(told).isFalse();
        fixture.advanceWithHeartbeat(Duration.ofSeconds(1));
      }
    });

    fixture.execute();
    assertThat(told).isTrue();
  }

  private Instant leaseEnd() {
    return fixture.lease().orElseThrow().value().expiresAt();
  }

  @Test
  void execute_countsTheCall_whenABugFollowsIt() {
    fixture.after(
        "gcs_write_started",
        () -> {
          throw new IllegalStateException("CANARY-OUTPUT-PHRASE");
        });

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.lease().orElseThrow().value().effort()).isEqualTo(new Effort(1, 1));
    assertThat(fixture.lease().orElseThrow().value().lastError()).isEqualTo(ErrorCode.INTERNAL);
  }

  @Test
  void execute_paysFourTimesAtMost_whateverGoesWrong() {
    fixture.after(
        "gcs_write_started",
        () -> {
          throw new IllegalStateException("a bug");
        });
    for (int i = 0; i < 10; i++) {
      fixture.execute();
    }

    assertThat(fixture.model.calls()).isEqualTo(4);
    assertThat(fixture.step().status()).isEqualTo(StepStatus.FAILED);
    assertThat(fixture.stepText()).contains("code=INTERNAL");
  }

  @Test
  void execute_countsADeadExecutor_asACallOfTheModel() {
    // Three calls: two, and that of the executor before.
    fixture.spend(1, 2);
    fixture.takeOver();
    fixture.advance(ExecutorFixture.LEASE);

    // It had called the model for the fourth time, for all we know.
    StepExecutorTest.assertFailed(fixture.execute(), ErrorCode.LEASE_EXPIRED);
    assertThat(fixture.model.calls()).isZero();
  }

  @Test
  void execute_handsTheStepBack_whenTheProcessEndsDuringTheCall() {
    fixture.model.during(() -> fixture.shutdown.cancel());
    fixture.model.fails(StepError.of(ErrorCode.TIME_BUDGET_EXCEEDED, "cancelled"));

    assertThat(fixture.execute(10)).isInstanceOf(DeliveryOutcome.Retry.class);
    var lease = fixture.lease().orElseThrow().value();
    assertThat(lease.holder()).isEqualTo(new StepLease.Holder.Queue());
    assertThat(lease.effort()).isEqualTo(new Effort(1, 1));
    assertThat(lease.lastError()).isNull();
    assertThat(fixture.step().status()).isEqualTo(StepStatus.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lease_acquired", "prompt_fetch_started", "gcs_read_started", "user_input_built"})
  void execute_handsTheStepBackUnpaid_whenTheProcessEndsBeforeTheCall(String after) {
    fixture.after(after, () -> fixture.shutdown.cancel());

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.model.calls()).isZero();
    var lease = fixture.lease().orElseThrow().value();
    assertThat(lease.holder()).isEqualTo(new StepLease.Holder.Queue());
    assertThat(lease.effort()).isEqualTo(new Effort(1, 0));
  }

  @Test
  void execute_readsNoMore_whenTheProcessEnds() {
    fixture.after("prompt_fetch_started", () -> fixture.shutdown.cancel());

    fixture.execute();

    assertThat(fixture.log.names()).doesNotContain("gcs_read_started");
  }

  @Test
  void execute_leavesTheStepAlone_whenTheProcessEndsAlready() {
    var lease = fixture.lease();
    fixture.shutdown.cancel();

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.lease()).isEqualTo(lease);
  }

  @Test
  void execute_endsTheStep_whenTheProcessEndsAfterTheAnswer() {
    fixture.after("gcs_write_started", () -> fixture.shutdown.cancel());

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
    assertThat(fixture.step().status()).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void execute_leavesItsReport_whenTheStepWasGivenUpMeanwhile() {
    fixture.after(
        "gcs_write_finished",
        () -> fixture.setRun("FAILED", "steps", ExecutorFixture.STEP.stepId().value(), "status"));

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Stale.class);
    assertThat(fixture.log.names()).contains("orphan_report_object", "step_claim_stale");
    // Its owner may begin the step anew at any time, and another executor has the report then.
    assertThat(fixture.reportExists()).isTrue();
  }

  @Test
  void execute_handsTheStepBack_afterARetryableError() {
    fixture.model.fails(StepError.of(ErrorCode.GEMINI_REQUEST_FAILED, "unavailable"));

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    var lease = fixture.lease().orElseThrow().value();
    assertThat(lease.holder()).isInstanceOf(StepLease.Holder.Queue.class);
    assertThat(lease.lastError()).isEqualTo(ErrorCode.GEMINI_REQUEST_FAILED);
    assertThat(lease.effort()).isEqualTo(new StepLease.Effort(1, 1));
    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
    assertThat(fixture.step().status()).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void execute_turnsAnEarlyDeliveryAway_afterAPlanQuota() {
    fixture.model.fails(
        StepError.of(ErrorCode.RATE_LIMITED, "quota").retryAfter(Duration.ofMinutes(10)));
    fixture.execute();

    fixture.advance(Duration.ofMinutes(9));
    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.InProgress.class);
    assertThat(fixture.model.calls()).isEqualTo(1);
    fixture.advance(Duration.ofMinutes(1));
    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
  }

  @Test
  void execute_endsTheStep_atTheLastDelivery() {
    fixture.model.fails(StepError.of(ErrorCode.GEMINI_REQUEST_FAILED, "unavailable"));

    StepExecutorTest.assertFailed(fixture.execute(10), ErrorCode.GEMINI_REQUEST_FAILED);
    assertThat(fixture.lease()).isEmpty();
  }

  @Test
  void execute_endsTheStep_withTheLastCallThatIsPaidFor() {
    fixture.spend(3, 3);
    fixture.model.fails(StepError.of(ErrorCode.GEMINI_REQUEST_FAILED, "unavailable"));

    StepExecutorTest.assertFailed(fixture.execute(), ErrorCode.GEMINI_REQUEST_FAILED);
    assertThat(fixture.lease()).isEmpty();
  }

  @Test
  void execute_endsTheStep_whenItsModelCallsAreUsedUp() {
    fixture.spend(4, 4);

    StepExecutorTest.assertFailed(fixture.execute(), ErrorCode.LEASE_EXPIRED);
    assertThat(fixture.model.calls()).isZero();
  }

  @Test
  void execute_takesTheReport_evenWhenItsModelCallsAreUsedUp() {
    fixture.execute();
    fixture.claimAgain();
    fixture.spend(4, 4);

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
    assertThat(fixture.step().status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(fixture.model.calls()).isEqualTo(1);
  }

  @Test
  void execute_leavesTheReport_whenTheRunWasCancelledMeanwhile() {
    fixture.model.during(() -> fixture.setRun("CANCELLED", "status"));

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Cancelled.class);
    assertThat(fixture.log.names()).contains("orphan_report_object", "step_cancelled");
    // Its owner may begin the step anew at any time, and another executor has the report then.
    assertThat(fixture.reportExists()).isTrue();
    assertThat(fixture.lease()).isEmpty();
  }

  @Test
  void execute_handsTheStepBack_afterABug() {
    fixture.model.fails(new IllegalStateException("CANARY-OUTPUT-PHRASE"));

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.log.names()).contains("internal_error");
    assertThat(fixture.log.entries().toString()).doesNotContain("CANARY-OUTPUT-PHRASE");
    assertThat(fixture.lease().orElseThrow().value().lastError()).isEqualTo(ErrorCode.INTERNAL);
  }
}
