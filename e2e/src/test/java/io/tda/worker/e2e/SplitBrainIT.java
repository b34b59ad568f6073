package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An executor died between the report and the step's end. */
@ExtendWith(LeavesNoTrace.class)
final class SplitBrainIT {
  private static final String STEP = "report";

  private final Stack stack = SharedStack.BY_HAND.get();
  private final ByHand hand = new ByHand(stack);

  @Test
  void push_usesTheReportThatIsThere_andAsksNoModel() {
    var run = RunBuilder.run("split").report(STEP);
    var claim = hand.claimed(run);
    var running = stack.run(run);
    var lease = stack.lease(run, STEP).orElseThrow();
    assertThat(hand.push(claim)).isEqualTo(204);
    var report = stack.report(run, STEP).orElseThrow();

    stack.restore(run, running, STEP, lease);
    stack.changeLease(run, STEP, "state", "EXECUTING");
    stack.changeLease(run, STEP, "executorId", "died");
    stack.changeLease(run, STEP, "expiresAt", Timestamp.ofTimeSecondsAndNanos(1_700_000_000, 0));
    assertThat(hand.push(claim)).isEqualTo(204);

    var step = stack.run(run).step(STEP);
    assertThat(step.status()).isEqualTo("SUCCEEDED");
    assertThat(step.at("/outputs/execution/artifact/reused").asBoolean()).isTrue();
    assertThat(step.at("/outputs/execution/artifact/generation").asLong())
        .isEqualTo(report.generation());
    assertThat(stack.report(run, STEP).orElseThrow().generation()).isEqualTo(report.generation());
    assertThat(stack.modelCalls(run, STEP)).isEqualTo(1);
    assertThat(stack.lease(run, STEP)).isEmpty();
    assertThat(Story.of(stack, run).told(ServiceApp.EXECUTOR))
        .endsWith(
            "step_claimed_received",
            "lease_acquired",
            "gcs_write_finished",
            "step_completed",
            "push_finished 204");
  }
}
