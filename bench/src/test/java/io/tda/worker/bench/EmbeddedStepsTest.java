package io.tda.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is measured is the whole pipeline. */
final class EmbeddedStepsTest {
  @Test
  void execute_takesAStepFromItsEventToItsReport() throws Exception {
    List<String> names = new CopyOnWriteArrayList<>();
    try (var steps =
        EmbeddedSteps.start(
            ExampleDocuments.load(), Duration.ZERO, (event, _) -> names.add(event.name()))) {
      steps.execute();
    }
    assertThat(names)
        .contains("claim_attempt", "lease_acquired", "user_input_built", "step_completed")
        .doesNotContain("internal_error", "step_failed");
    assertThat(names.stream().filter("gcs_read_finished"::equals)).hasSize(5);
  }
}
