package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.emulator.gemini.ModelReply;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Errors that need an executor with settings of its own. */
@ExtendWith(LeavesNoTrace.class)
final class OtherSettingsIT {
  private static final String STEP = "report";

  private final Stack stack = SharedStack.BY_HAND.get();
  private final ByHand hand = new ByHand(stack);

  @Test
  void step_fails_whenThereIsNoStoredAnswerInMockMode(@TempDir Path fixtures) {
    var variables = Map.of("LLM_MODE", "mock", "LLM_FIXTURES_DIR", fixtures.toString());
    try (var executor = stack.launch(ServiceApp.EXECUTOR, variables)) {
      var run = RunBuilder.run("mock").report(STEP);

      assertThat(hand.claimed(run).pushTo(executor.endpoint())).isEqualTo(204);

      assertThat(stack.run(run).step(STEP).errorCode()).isEqualTo("LLM_MOCK_MISSING");
      assertThat(stack.modelCalls(run, STEP)).isZero();
    }
  }

  @Test
  void step_isTriedAgain_andFailsAtLast_whenTheModelStalls() {
    try (var executor = stack.launch(ServiceApp.EXECUTOR, Map.of("GEMINI_TIMEOUT_SECONDS", "2"))) {
      var run = RunBuilder.run("stalled").report(STEP);
      var claim = hand.claimed(run);
      stack
          .platform()
          .model()
          .next(
              call -> call.sources().toString().contains(run.id() + "/"),
              new ModelReply.Stalled(),
              new ModelReply.StalledBody());

      assertThat(claim.pushTo(executor.endpoint())).isEqualTo(503);
      assertThat(stack.run(run).step(STEP).status()).isEqualTo("RUNNING");
      assertThat(claim.pushTo(executor.endpoint(), "/push/step-claimed", 10)).isEqualTo(204);

      assertThat(stack.run(run).step(STEP).errorCode()).isEqualTo("TIME_BUDGET_EXCEEDED");
      Story.of(stack, run)
          .executor(
              "step_claimed_received",
              "lease_acquired",
              "user_input_built",
              "llm_request_started",
              "llm_request_finished timed_out",
              "lease_released",
              "step_retry_scheduled TIME_BUDGET_EXCEEDED",
              "push_finished 503",
              "step_claimed_received",
              "lease_acquired",
              "user_input_built",
              "llm_request_started",
              "llm_request_finished timed_out",
              "step_failed TIME_BUDGET_EXCEEDED",
              "push_finished 204");
    }
  }
}
