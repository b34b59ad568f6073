package io.tda.worker.executor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.json.Sha256;
import io.tda.worker.lease.StepLease;
import io.tda.worker.log.RecoveryEvent.ClaimDeadLettered;
import io.tda.worker.log.RecoveryEvent.ClaimDeadLettered.Outcome;
import io.tda.worker.message.StepClaimedJson;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a step whose message used up its deliveries. */
final class DeadLetterHandlerTest {
  private ExecutorFixture fixture;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    fixture = new ExecutorFixture(folder);
  }

  @Test
  void handle_endsTheStep_withItsLastError() {
    fixture.model.fails(StepError.of(ErrorCode.GEMINI_REQUEST_FAILED, "unavailable"));
    fixture.execute();

    assertThat(fixture.deadLetter()).isEqualTo(settled(Outcome.FAILED));
    assertFailed(ErrorCode.GEMINI_REQUEST_FAILED);
    assertThat(fixture.log.names()).contains("step_failed", "claim_dead_lettered");
    assertThat(fixture.model.calls()).isEqualTo(1);
  }

  @Test
  void handle_endsTheStep_asUndeliverable_whenNoExecutorSaidWhy() {
    assertThat(fixture.deadLetter()).isEqualTo(settled(Outcome.FAILED));
    assertFailed(ErrorCode.CLAIM_UNDELIVERABLE);
    assertThat(fixture.model.calls()).isZero();
  }

  @Test
  void handle_leavesTheStepToTheExecutorThatHoldsIt() {
    fixture.takeOver();
    var lease = fixture.lease();

    assertThat(fixture.deadLetter()).isEqualTo(new DeadLetterOutcome.InProgress());
    assertThat(fixture.lease()).isEqualTo(lease);
    assertThat(fixture.step().status()).isEqualTo(StepStatus.RUNNING);
    assertThat(fixture.log.names()).doesNotContain("claim_dead_lettered");
  }

  @Test
  void handle_endsTheStep_whenTheExecutorThatHeldItIsDead() {
    fixture.takeOver();
    fixture.advance(ExecutorFixture.LEASE);

    assertThat(fixture.deadLetter()).isEqualTo(settled(Outcome.FAILED));
    assertFailed(ErrorCode.CLAIM_UNDELIVERABLE);
  }

  @Test
  void handle_waits_untilAPlanQuotaMayBeAskedAgain() {
    fixture.model.fails(
        StepError.of(ErrorCode.RATE_LIMITED, "quota").retryAfter(Duration.ofMinutes(10)));
    fixture.execute();

    assertThat(fixture.deadLetter()).isEqualTo(new DeadLetterOutcome.InProgress());
    fixture.advance(Duration.ofMinutes(10));
    assertThat(fixture.deadLetter()).isEqualTo(settled(Outcome.FAILED));
    assertFailed(ErrorCode.RATE_LIMITED);
  }

  @Test
  void handle_endsTheStepWithItsReport_whenOneIsLeft() {
    fixture.execute();
    fixture.claimAgain();

    assertThat(fixture.deadLetter()).isEqualTo(settled(Outcome.SUCCEEDED));
    assertThat(fixture.step().status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(fixture.stepText()).contains(fixture.report.toString());
    assertThat(fixture.lease()).isEmpty();
    assertThat(fixture.model.calls()).isEqualTo(1);
  }

  @Test
  void handle_isStale_whenTheStepHasEnded() {
    fixture.execute();
    var step = fixture.stepText();

    assertThat(fixture.deadLetter()).isEqualTo(settled(Outcome.STALE));
    assertThat(fixture.stepText()).isEqualTo(step);
  }

  @Test
  void handle_isStale_whenTheStepWasClaimedAgain() {
    var old = StepClaimedJson.data(fixture.message());
    fixture.claimAgain();

    assertThat(fixture.deadLetter(old)).isEqualTo(settled(Outcome.STALE));
    assertThat(fixture.step().status()).isEqualTo(StepStatus.RUNNING);
    assertThat(fixture.lease().orElseThrow().value().holder())
        .isEqualTo(new StepLease.Holder.Queue());
  }

  @Test
  void handle_dropsTheLease_whenTheRunWasCancelled() {
    fixture.setRun("CANCELLED", "status");

    assertThat(fixture.deadLetter()).isEqualTo(settled(Outcome.STALE));
    assertThat(fixture.lease()).isEmpty();
    assertThat(fixture.step().status()).isEqualTo(StepStatus.RUNNING);
  }

  @Test
  void handle_changesNothing_whenTheLetterComesTwice() {
    fixture.deadLetter();
    var step = fixture.stepText();

    assertThat(fixture.deadLetter()).isEqualTo(settled(Outcome.STALE));
    assertThat(fixture.stepText()).isEqualTo(step);
  }

  @Test
  void handle_showsSizeAndHashOnly_ofALetterNobodyCanRead() {
    var data = "{\"schemaVersion\": 1, \"runId\": \"CANARY-PAYLOAD\"}".getBytes(UTF_8);

    assertThat(fixture.deadLetter(data)).isEqualTo(settled(Outcome.UNREADABLE));
    var payload = new ClaimDeadLettered.Payload(data.length, Sha256.hex(data));
    assertThat(fixture.log.events(ClaimDeadLettered.class))
        .containsExactly(new ClaimDeadLettered(Outcome.UNREADABLE, payload));
    assertThat(fixture.log.entries().toString())
        .contains("letter-1")
        .doesNotContain("CANARY-PAYLOAD");
  }

  @Test
  void handle_comesAgain_whenTheProcessIsToldToEnd() {
    fixture.shutdown.cancel();

    assertThat(fixture.deadLetter()).isInstanceOf(DeadLetterOutcome.Retry.class);
    assertThat(fixture.step().status()).isEqualTo(StepStatus.RUNNING);
  }

  private void assertFailed(ErrorCode code) {
    assertThat(fixture.step().status()).isEqualTo(StepStatus.FAILED);
    assertThat(fixture.stepText()).contains("code=" + code);
    assertThat(fixture.lease()).isEmpty();
  }

  private static DeadLetterOutcome settled(Outcome outcome) {
    return new DeadLetterOutcome.Settled(outcome);
  }
}
