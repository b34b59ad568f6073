package io.tda.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.lease.StepLease;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void execute_removesTheReport_whenTheRunWasCancelledMeanwhile() {
    fixture.model.during(() -> fixture.setRun("CANCELLED", "status"));

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Cancelled.class);
    assertThat(fixture.log.names()).contains("orphan_report_object", "step_cancelled");
    assertThat(fixture.reportExists()).isFalse();
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
