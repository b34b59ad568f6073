package io.tda.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepOutcome;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.json.Sha256;
import io.tda.worker.log.DeliveryEvent.StepClaimStale;
import io.tda.worker.log.OutputEvent.GcsWriteFinished;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a delivery does to its step, where nothing dies. */
@Timeout(60)
final class StepExecutorTest {
  private ExecutorFixture fixture;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    fixture = new ExecutorFixture(folder);
  }

  @Test
  void execute_endsTheStep_withItsReport() {
    var outcome = fixture.execute();

    assertThat(outcome).isInstanceOf(DeliveryOutcome.Finished.class);
    assertThat(fixture.step().status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(fixture.stepText()).contains(fixture.report.toString());
    assertThat(fixture.lease()).isEmpty();
    assertThat(fixture.model.calls()).isEqualTo(1);
  }

  @Test
  void execute_marksTheReport_withItsClaimAndHash() {
    fixture.execute();

    var content = fixture.reportText().getBytes(StandardCharsets.UTF_8);
    assertThat(fixture.artifacts.find(fixture.report).orElseThrow().metadata())
        .containsEntry("claimId", fixture.message().claim().id().value())
        .containsEntry("sha256", Sha256.hex(content));
  }

  @Test
  void execute_tellsTheWholeStory_inOrder() {
    fixture.execute();

    assertThat(fixture.log.names()).contains("step_completed");
  }

  @Test
  void execute_isStale_whenTheStepHasEnded() {
    fixture.execute();
    fixture.log.clear();

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Stale.class);
    assertStale(StepClaimStale.Reason.LEASE_GONE, 1);
  }

  @Test
  void execute_isStale_whenTheStepWasClaimedAgain() {
    var executedLate = fixture.message();
    fixture.claimAgain();

    assertThat(fixture.execute(executedLate)).isInstanceOf(DeliveryOutcome.Stale.class);
    assertStale(StepClaimStale.Reason.OTHER_CLAIM, 0);
  }

  @Test
  void execute_isStale_whenTheStepHasEndedButItsLeaseIsLeft() {
    fixture.setRun("SUCCEEDED", "steps", ExecutorFixture.STEP.stepId().value(), "status");

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Stale.class);
    assertStale(StepClaimStale.Reason.STEP_FINAL, 0);
  }

  @Test
  void execute_dropsTheLease_whenTheRunWasCancelled() {
    fixture.setRun("CANCELLED", "status");

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Cancelled.class);
    assertThat(fixture.lease()).isEmpty();
    assertThat(fixture.step().status()).isEqualTo(StepStatus.RUNNING);
    assertThat(fixture.log.names()).containsExactly("step_claimed_received", "step_cancelled");
    assertThat(fixture.model.calls()).isZero();
  }

  @Test
  void execute_paysOnce_whenTheMessageArrives16TimesAtOnce() throws Exception {
    var othersDone = new CountDownLatch(15);
    fixture.model.during(() -> awaitAll(othersDone));
    Callable<DeliveryOutcome> delivery =
        () -> {
          var outcome = fixture.execute();
          othersDone.countDown();
          return outcome;
        };
    var outcomes = new ArrayList<DeliveryOutcome>();
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var future : threads.invokeAll(Collections.nCopies(16, delivery))) {
        outcomes.add(future.get());
      }
    }
    assertThat(outcomes).filteredOn(DeliveryOutcome.Finished.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(DeliveryOutcome.InProgress.class::isInstance).hasSize(15);
    assertThat(fixture.model.calls()).isEqualTo(1);
    assertThat(fixture.log.events(GcsWriteFinished.class)).hasSize(1);
  }

  @Test
  void execute_callsNoModel_whenTheReportIsThere() {
    fixture.execute();
    fixture.claimAgain();

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
    assertThat(fixture.step().status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(fixture.model.calls()).isEqualTo(1);
    assertThat(fixture.log.events(GcsWriteFinished.class).getLast().reused()).isTrue();
  }

  @Test
  void execute_fails_whenAForeignObjectIsInTheReportsPlace() {
    fixture.store(fixture.report, "{}".getBytes(StandardCharsets.UTF_8));

    assertFailed(fixture.execute(), ErrorCode.ARTIFACT_CONFLICT);
    assertThat(fixture.model.calls()).isZero();
    assertThat(fixture.reportText()).isEqualTo("{}");
  }

  private void assertStale(StepClaimStale.Reason reason, int modelCalls) {
    assertThat(fixture.log.names()).containsExactly("step_claimed_received", "step_claim_stale");
    assertThat(fixture.log.events(StepClaimStale.class))
        .containsExactly(new StepClaimStale(reason));
    assertThat(fixture.model.calls()).isEqualTo(modelCalls);
  }

  static void assertFailed(DeliveryOutcome outcome, ErrorCode code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            DeliveryOutcome.Finished.class,
            finished ->
                assertThat(finished.outcome())
                    .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.error().code()).isEqualTo(code)));
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
