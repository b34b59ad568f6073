package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run whose owner ends it while a step is on its way. */
@ExtendWith(LeavesNoTrace.class)
final class OwnersChangeIT {
  private static final String STEP = "report";

  private final Stack stack = SharedStack.BY_HAND.get();
  private final ByHand hand = new ByHand(stack);

  @Test
  void push_writesNothing_whenTheRunIsCancelledWhileTheModelWorks() {
    var run = RunBuilder.run("cancelled").report(STEP);
    var claim = hand.claimed(run);

    try (var gate = ModelGate.hold(stack.platform().model(), run)) {
      var answer = CompletableFuture.supplyAsync(() -> hand.push(claim));
      gate.awaitCall();
      stack.change(run, "CANCELLED", "status");
      var cancelled = stack.run(run);
      gate.open();

      assertThat(answer.join()).isEqualTo(204);
      assertThat(stack.run(run)).isEqualTo(cancelled);
    }

    assertThat(stack.modelCalls(run, STEP)).isEqualTo(1);
    assertThat(stack.lease(run, STEP)).isEmpty();
    Story.of(stack, run)
        .executor(
            "step_claimed_received",
            "lease_acquired",
            "user_input_built",
            "llm_request_started",
            "llm_request_finished ok",
            "gcs_write_finished",
            "orphan_report_object",
            "step_cancelled",
            "push_finished 204");
  }

  @Test
  void push_asksNoModel_whenTheRunWasCancelledBefore() {
    var run = RunBuilder.run("early").report(STEP);
    var claim = hand.claimed(run);
    stack.change(run, "CANCELLED", "status");
    var cancelled = stack.run(run);

    assertThat(hand.push(claim)).isEqualTo(204);

    assertThat(stack.run(run)).isEqualTo(cancelled);
    assertNothingWasDone(run);
  }

  @Test
  void push_asksNoModel_whenTheStepWasCancelledBefore() {
    var run = RunBuilder.run("stepcancelled").report(STEP);
    var claim = hand.claimed(run);
    stack.change(run, "CANCELLED", "steps", STEP, "status");

    assertThat(hand.push(claim)).isEqualTo(204);

    assertThat(stack.run(run).step(STEP).status()).isEqualTo("CANCELLED");
    assertNothingWasDone(run);
  }

  private void assertNothingWasDone(RunBuilder run) {
    assertThat(stack.modelCalls(run, STEP)).isZero();
    assertThat(stack.report(run, STEP)).isEmpty();
    assertThat(stack.lease(run, STEP)).isEmpty();
    Story.of(stack, run).executor("step_claimed_received", "step_cancelled", "push_finished 204");
  }
}
