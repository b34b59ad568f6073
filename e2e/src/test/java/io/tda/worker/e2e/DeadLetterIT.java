package io.tda.worker.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.e2e.StackSettings.Orders;
import io.tda.worker.emulator.gemini.ModelReply;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What can never be executed leaves the subscription after five deliveries. Without ordering, which
 * the emulator cannot have at the same time; production has both.
 */
@ExtendWith(LeavesNoTrace.class)
final class DeadLetterIT {
  private static final String STEP = "report";
  private static final int DELIVERIES = 5;

  /** More calls than deliveries, or the executor would end the step by itself. */
  private static final StackSettings SETTINGS =
      StackSettings.of("dead", Orders.DEAD_LETTERED).with("MAX_MODEL_CALLS", "20");

  @Test
  void message_endsItsStep_orIsPutOnRecord_whenItCannotBeExecuted() {
    try (var stack = Stack.start(SharedStack.platform(), SETTINGS)) {
      var run = RunBuilder.run("poison").report(STEP);
      var failures = Collections.nCopies(20, new ModelReply.Failed(503)).toArray(ModelReply[]::new);
      stack
          .platform()
          .model()
          .next(call -> call.sources().toString().contains(run.id() + "/"), failures);
      stack.create(run);
      assertThat(stack.changed(run).postTo(stack.dispatcher().endpoint())).isEqualTo(204);
      var unreadable = Canary.CANDLES.word().getBytes(UTF_8);
      stack.platform().topics().publish(SETTINGS.topic(), unreadable, Map.of(), "");

      var step = stack.await(run, STEP, "FAILED").step(STEP);
      assertThat(step.errorCode()).isEqualTo("GEMINI_REQUEST_FAILED");
      assertThat(stack.modelCalls(run, STEP)).isEqualTo(DELIVERIES);
      assertThat(stack.lease(run, STEP)).isEmpty();
      var record =
          stack
              .executor()
              .awaitLine(
                  "an unreadable message",
                  line ->
                      line.event().equals("claim_dead_lettered")
                          && line.text("outcome").equals("unreadable"));
      assertThat(record.at("/bytes").asInt()).isEqualTo(unreadable.length);
      assertThat(record.text("sha256")).hasSize(64);
      LeavesNoTrace.check(stack);
    }
  }
}
