package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeavesNoTrace.class)
final class DuplicateClaimIT {
  private final Stack stack = SharedStack.BY_HAND.get();
  private final ByHand hand = new ByHand(stack);

  @Test
  void push_callsTheModelOnce_whenTheSameClaimComesAtTheSameTime() {
    var run = RunBuilder.run("twice").report("report");
    var claim = hand.claimed(run);

    try (var gate = ModelGate.hold(stack.platform().model(), run)) {
      var first = CompletableFuture.supplyAsync(() -> hand.push(claim));
      gate.awaitCall();
      assertThat(hand.push(claim)).isEqualTo(429);
      gate.open();
      assertThat(first.join()).isEqualTo(204);
    }

    assertThat(stack.run(run).step("report").status()).isEqualTo("SUCCEEDED");
    assertThat(stack.modelCalls(run, "report")).isEqualTo(1);
    Story.of(stack, run)
        .executor(
            "step_claimed_received",
            "lease_acquired",
            "user_input_built",
            "llm_request_started",
            "step_claimed_received",
            "execution_in_progress",
            "push_finished 429",
            "llm_request_finished ok",
            "gcs_write_finished",
            "step_completed",
            "push_finished 204");
  }

  @Test
  void push_changesNothing_whenTheClaimComesAgainLater() {
    var run = RunBuilder.run("again").report("report");
    var claim = hand.claimed(run);
    assertThat(hand.push(claim)).isEqualTo(204);
    var before = stack.run(run);
    var object = stack.report(run, "report").orElseThrow();

    assertThat(hand.push(claim)).isEqualTo(204);

    assertThat(stack.run(run)).isEqualTo(before);
    assertThat(stack.report(run, "report").orElseThrow().generation())
        .isEqualTo(object.generation());
    assertThat(stack.modelCalls(run, "report")).isEqualTo(1);
    assertThat(stack.lease(run, "report")).isEmpty();
    assertThat(Story.of(stack, run).told(ServiceApp.EXECUTOR))
        .endsWith("step_claimed_received", "step_claim_stale lease_gone", "push_finished 204");
  }
}
