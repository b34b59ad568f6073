package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.emulator.gemini.ModelReply;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A model that fails, and answers later or not at all. */
@ExtendWith(LeavesNoTrace.class)
final class RetriedStepIT {
  private static final String STEP = "report";

  private final Stack stack = SharedStack.BY_HAND.get();
  private final ByHand hand = new ByHand(stack);

  @Test
  void step_succeeds_whenTheModelAnswersTheThirdDelivery() {
    var run = failing("patient", new ModelReply.Failed(503), new ModelReply.Failed(500));
    var claim = hand.claimed(run);

    assertThat(hand.push(claim)).isEqualTo(503);
    var lease = stack.lease(run, STEP).orElseThrow();
    assertThat(lease).containsEntry("state", "DISPATCHED").containsEntry("modelCalls", 1L);
    assertThat(lease).containsEntry("lastError", "GEMINI_REQUEST_FAILED");
    assertThat(hand.push(claim)).isEqualTo(503);
    assertThat(hand.push(claim)).isEqualTo(204);

    var step = stack.run(run).step(STEP);
    assertThat(step.status()).isEqualTo("SUCCEEDED");
    assertThat(step.at("/outputs/execution/claim/deliveryAttempt").asInt()).isEqualTo(3);
    assertThat(stack.modelCalls(run, STEP)).isEqualTo(3);
    assertThat(stack.report(run, STEP)).isPresent();
    Story.of(stack, run)
        .executor(
            story(
                failedDelivery(),
                failedDelivery(),
                new String[] {
                  "step_claimed_received",
                  "lease_acquired",
                  "user_input_built",
                  "llm_request_started",
                  "llm_request_finished ok",
                  "gcs_write_finished",
                  "step_completed",
                  "push_finished 204"
                }));
  }

  @Test
  void step_fails_whenItsModelCallsAreUsedUp() {
    var failure = new ModelReply.Failed(503);
    var run = failing("hopeless", failure, failure, failure, failure);
    var claim = hand.claimed(run);

    for (int i = 0; i < 3; i++) {
      assertThat(hand.push(claim)).isEqualTo(503);
    }
    assertThat(hand.push(claim)).isEqualTo(204);

    assertThat(stack.run(run).step(STEP).errorCode()).isEqualTo("GEMINI_REQUEST_FAILED");
    assertThat(stack.modelCalls(run, STEP)).isEqualTo(4);
    assertThat(stack.lease(run, STEP)).isEmpty();
  }

  @Test
  void step_waits_whenTheQuotaIsUsedUp() {
    var run = failing("quota", new ModelReply.RateLimited(null));
    var claim = hand.claimed(run);

    assertThat(hand.push(claim)).isEqualTo(503);
    assertThat(hand.push(claim)).as("too early").isEqualTo(429);

    assertThat(stack.modelCalls(run, STEP)).isEqualTo(1);
    assertThat(stack.run(run).step(STEP).status()).isEqualTo("RUNNING");
    assertThat(stack.lease(run, STEP).orElseThrow())
        .containsEntry("lastError", "RATE_LIMITED")
        .containsKey("notBefore");
  }

  @Test
  void step_succeeds_whenTheModelMendsItsAnswer() {
    var run = failing("mended", new ModelReply.Invalid());
    var claim = hand.claimed(run);

    assertThat(hand.push(claim)).isEqualTo(204);

    var step = stack.run(run).step(STEP);
    assertThat(step.status()).isEqualTo("SUCCEEDED");
    assertThat(step.at("/outputs/execution/llm/attempts/total").asInt()).isEqualTo(2);
    assertThat(step.at("/outputs/execution/llm/attempts/repair").asInt()).isEqualTo(1);
    assertThat(stack.modelCalls(run, STEP)).isEqualTo(2);
    assertThat(stack.report(run, STEP)).isPresent();
    Story.of(stack, run)
        .executor(
            "step_claimed_received",
            "lease_acquired",
            "user_input_built",
            "llm_request_started",
            "llm_request_finished ok",
            "structured_output_invalid schema_validation",
            "structured_output_repair_attempt_started",
            "llm_request_started",
            "llm_request_finished ok",
            "structured_output_repair_attempt_finished",
            "gcs_write_finished",
            "step_completed",
            "push_finished 204");
  }

  private RunBuilder failing(String name, ModelReply... replies) {
    var run = RunBuilder.run(name).report(STEP);
    stack.platform().model().next(call -> isAbout(run, call.sources().toString()), replies);
    return run;
  }

  private static boolean isAbout(RunBuilder run, String sources) {
    return sources.contains(run.id() + "/");
  }

  private static String[] failedDelivery() {
    return new String[] {
      "step_claimed_received",
      "lease_acquired",
      "user_input_built",
      "llm_request_started",
      "llm_request_finished failed",
      "lease_released",
      "step_retry_scheduled GEMINI_REQUEST_FAILED",
      "push_finished 503"
    };
  }

  private static String[] story(String[]... parts) {
    return Stream.of(parts).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
