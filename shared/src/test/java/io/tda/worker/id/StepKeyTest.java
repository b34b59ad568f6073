package io.tda.worker.id;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepKeyTest {

  @Test
  void leaseDocumentId_joinsRunAndStep() {
    var key = new StepKey(new RunId("run-1"), new StepId("llm:4h"));

    assertThat(key.leaseDocumentId()).isEqualTo("run-1~llm:4h");
  }

  @Test
  void leaseDocumentId_differsForDifferentSteps_whateverTheyAreCalled() {
    var one = new StepKey(new RunId("a"), new StepId("b~c"));
    var other = new StepKey(new RunId("a"), new StepId("b_c"));

    assertThat(one.leaseDocumentId()).isNotEqualTo(other.leaseDocumentId());
  }

  @Test
  void leaseDocumentId_staysBelowFirestoresLimit() {
    var longest = new StepKey(new RunId("r".repeat(128)), new StepId("📈".repeat(128)));

    assertThat(longest.leaseDocumentId().getBytes(UTF_8)).hasSizeLessThan(1_500);
  }

  @Test
  void toString_isTheOrderingKey() {
    assertThat(new StepKey(new RunId("run-1"), new StepId("a:b"))).hasToString("run-1/a:b");
  }
}
