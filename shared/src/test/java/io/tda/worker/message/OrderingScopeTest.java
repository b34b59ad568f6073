package io.tda.worker.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import org.junit.jupiter.api.Test;

class OrderingScopeTest {
  private static final StepKey STEP = new StepKey(new RunId("run-1"), new StepId("llm:4h"));

  @Test
  void orderingKey_isTheStepOrTheRun() {
    assertThat(OrderingScope.STEP.orderingKey(STEP)).isEqualTo("run-1/llm:4h");
    assertThat(OrderingScope.RUN.orderingKey(STEP)).isEqualTo("run-1");
  }

  @Test
  void orderingKey_fitsIntoAMessage() {
    var longest = new StepKey(new RunId("r".repeat(128)), new StepId("📈".repeat(128)));

    assertThat(OrderingScope.STEP.orderingKey(longest).getBytes(UTF_8)).hasSize(641);
  }

  @Test
  void parse_knowsLowerCaseNames() {
    assertThat(OrderingScope.parse("step")).contains(OrderingScope.STEP);
    assertThat(OrderingScope.parse("run")).contains(OrderingScope.RUN);
    assertThat(OrderingScope.parse("STEP")).isEmpty();
    assertThat(OrderingScope.parse("")).isEmpty();
  }
}
