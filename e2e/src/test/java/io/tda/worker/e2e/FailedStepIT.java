package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.e2e.Faults.Fault;
import io.tda.worker.emulator.gemini.ModelReply;
import io.tda.worker.emulator.storage.StorageCall;
import io.tda.worker.emulator.storage.StorageFault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each terminal error code of a step that can be provoked from outside. */
@ExtendWith(LeavesNoTrace.class)
final class FailedStepIT {
  private static final String STEP = "report";

  private final Stack stack = SharedStack.BY_HAND.get();
  private final ByHand hand = new ByHand(stack);

  @ParameterizedTest
  @MethodSource({
    "io.tda.worker.e2e.Faults#ofInputs",
    "io.tda.worker.e2e.Faults#ofTheRegistry",
    "io.tda.worker.e2e.Faults#ofTheModel",
    "io.tda.worker.e2e.Faults#ofTheAnswer"
  })
  void push_failsTheStepAtOnce(Fault fault) {
    var run = planted(fault);

    assertThat(hand.push(hand.claimed(run))).isEqualTo(204);

    assertFailed(run, fault);
  }

  @ParameterizedTest
  @MethodSource("io.tda.worker.e2e.Faults#ofTheMoment")
  void push_failsTheStep_onTheLastDelivery(Fault fault) {
    var run = planted(fault);

    assertThat(hand.pushForTheLastTime(hand.claimed(run))).isEqualTo(204);

    assertFailed(run, fault);
  }

  @Test
  void push_failsTheStep_whenItsPlaceIsTaken() {
    var run = RunBuilder.run("conflict").report(STEP);
    var name = stack.reportObject(run, STEP);
    var foreign = new byte[] {'{', '}'};
    stack.platform().objects().put(Stack.REPORTS, name, foreign, "application/json");

    assertThat(hand.push(hand.claimed(run))).isEqualTo(204);

    assertThat(stack.run(run).step(STEP).errorCode()).isEqualTo("ARTIFACT_CONFLICT");
    assertThat(stack.report(run, STEP).orElseThrow().content()).isEqualTo(foreign);
    assertThat(stack.modelCalls(run, STEP)).isZero();
    Story.of(stack, run)
        .executor(
            "step_claimed_received",
            "lease_acquired",
            "gcs_write_finished",
            "step_failed ARTIFACT_CONFLICT",
            "push_finished 204");
  }

  @Test
  void push_failsTheStep_whenItMayNotRead() {
    var run = RunBuilder.run("forbidden").report(STEP);
    var claim = hand.claimed(run);
    stack.platform().storage().faults().next(1, StorageCall.DOWNLOAD, new StorageFault.Answer(403));

    assertThat(hand.push(claim)).isEqualTo(204);

    assertThat(stack.run(run).step(STEP).errorCode()).isEqualTo("GCS_READ_FAILED");
    assertThat(stack.modelCalls(run, STEP)).isZero();
  }

  @Test
  void push_failsTheStep_whenItMayNotWrite() {
    var run = RunBuilder.run("readonly").report(STEP);
    var claim = hand.claimed(run);
    stack.platform().storage().faults().next(1, StorageCall.UPLOAD, new StorageFault.Answer(403));

    assertThat(hand.push(claim)).isEqualTo(204);

    assertThat(stack.run(run).step(STEP).errorCode()).isEqualTo("GCS_WRITE_FAILED");
    assertThat(stack.run(run).step(STEP).at("/outputs/execution/llm/usage/totalTokens").asInt())
        .as("what was paid for is not lost")
        .isPositive();
    assertThat(stack.report(run, STEP)).isEmpty();
  }

  private RunBuilder planted(Fault fault) {
    var run = RunBuilder.run("fault").report(STEP);
    fault.plant().accept(stack, run);
    stack
        .platform()
        .model()
        .next(
            call -> call.sources().toString().contains(run.id() + "/"),
            fault.replies().toArray(ModelReply[]::new));
    return run;
  }

  private void assertFailed(RunBuilder run, Fault fault) {
    var step = stack.run(run).step(STEP);
    assertThat(step.status()).isEqualTo("FAILED");
    assertThat(step.errorCode()).isEqualTo(fault.code());
    assertThat(step.at("/outputs/execution/error/code").asText()).isEqualTo(fault.code());
    assertThat(step.at("/finishedAt").asText()).endsWith("Z");
    assertThat(stack.lease(run, STEP)).isEmpty();
    assertThat(stack.report(run, STEP)).isEmpty();
    assertThat(stack.modelCalls(run, STEP)).isEqualTo(fault.replies().size());
    var told = new ArrayList<>(List.of("step_claimed_received", "lease_acquired"));
    told.addAll(fault.told());
    told.addAll(List.of("step_failed " + fault.code(), "push_finished 204"));
    Story.of(stack, run).executor(told.toArray(String[]::new));
  }
}
