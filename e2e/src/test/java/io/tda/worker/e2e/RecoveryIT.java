package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.Timestamp;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sweep, reconcile and dead letters bring back or end what got stuck. */
@ExtendWith(LeavesNoTrace.class)
final class RecoveryIT {
  private static final String STEP = "report";
  private static final Timestamp LONG_AGO = Timestamp.ofTimeSecondsAndNanos(1_700_000_000, 0);

  private final Stack stack = SharedStack.BY_HAND.get();
  private final ByHand hand = new ByHand(stack);

  @Test
  void sweep_publishesTheSameClaimAgain_whenNobodyTookItUp() {
    var run = RunBuilder.run("lost").report(STEP);
    var claim = hand.claimed(run);
    stack.changeLease(run, STEP, "expiresAt", LONG_AGO);

    call("/sweep");

    var again = hand.nextClaim(run);
    assertThat(again.data()).isEqualTo(claim.data());
    assertThat(hand.push(again)).isEqualTo(204);
    assertThat(hand.push(claim)).isEqualTo(204);
    assertThat(stack.run(run).step(STEP).status()).isEqualTo("SUCCEEDED");
    assertThat(stack.modelCalls(run, STEP)).isEqualTo(1);
  }

  @Test
  void sweep_claimsAnew_whenTheExecutorDied() {
    var run = RunBuilder.run("died").report(STEP);
    var claim = hand.claimed(run);
    died(run);

    call("/sweep");

    var again = hand.nextClaim(run);
    assertThat(again.data().path("attempt").asInt()).isEqualTo(2);
    assertThat(again.data().path("claimId")).isNotEqualTo(claim.data().path("claimId"));
    assertThat(hand.push(claim)).as("the old claim is void").isEqualTo(204);
    assertThat(stack.run(run).step(STEP).status()).isEqualTo("RUNNING");
    assertThat(hand.push(again)).isEqualTo(204);
    assertThat(stack.run(run).step(STEP).status()).isEqualTo("SUCCEEDED");
    assertThat(stack.modelCalls(run, STEP)).isEqualTo(1);
    Story.of(stack, run)
        .executor(
            "step_claimed_received",
            "step_claim_stale other_claim",
            "push_finished 204",
            "step_claimed_received",
            "lease_acquired",
            "user_input_built",
            "llm_request_started",
            "llm_request_finished ok",
            "gcs_write_finished",
            "step_completed",
            "push_finished 204");
  }

  @Test
  void sweep_failsTheStep_whenItsAttemptsAreUsedUp() {
    var run = RunBuilder.run("thrice").report(STEP);
    var claim = hand.claimed(run);
    died(run);
    stack.changeLease(run, STEP, "attempt", 3);

    call("/sweep");

    assertThat(stack.run(run).step(STEP).errorCode()).isEqualTo("LEASE_EXPIRED");
    assertThat(stack.lease(run, STEP)).isEmpty();
    assertThat(hand.push(claim)).isEqualTo(204);
    assertThat(stack.modelCalls(run, STEP)).isZero();
  }

  @Test
  void reconcile_claimsAStep_whoseEventWasLost() {
    var run = RunBuilder.run("unheard").report(STEP);
    stack.create(run);

    call("/reconcile");

    assertThat(hand.push(hand.claim(run))).isEqualTo(204);
    assertThat(stack.run(run).step(STEP).status()).isEqualTo("SUCCEEDED");
  }

  @Test
  void deadLetter_failsTheStep_whenNoOtherCauseIsKnown() {
    var run = RunBuilder.run("undeliverable").report(STEP);
    var claim = hand.claimed(run);

    assertThat(claim.pushTo(stack.executor().endpoint(), "/push/dead-letter", 0)).isEqualTo(204);

    assertThat(stack.run(run).step(STEP).errorCode()).isEqualTo("CLAIM_UNDELIVERABLE");
    assertThat(stack.lease(run, STEP)).isEmpty();
    assertThat(stack.modelCalls(run, STEP)).isZero();
    assertThat(Story.of(stack, run).told(ServiceApp.EXECUTOR))
        .contains("step_failed CLAIM_UNDELIVERABLE", "claim_dead_lettered failed");
  }

  private void died(RunBuilder run) {
    stack.changeLease(run, STEP, "state", "EXECUTING");
    stack.changeLease(run, STEP, "executorId", "died");
    stack.changeLease(run, STEP, "expiresAt", LONG_AGO);
  }

  private void call(String path) {
    var target = stack.dispatcher().endpoint().resolve(path);
    assertThat(HttpPost.send(target, Map.of(), new byte[0]).status()).isEqualTo(200);
  }
}
