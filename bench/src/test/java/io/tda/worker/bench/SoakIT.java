package io.tda.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The short form of the soak: both services as processes, over the emulators. */
final class SoakIT {
  private static final double STEPS_PER_SECOND = 4;

  @Test
  void nothingGrows_underASteadyLoad() throws Exception {
    try (var stack = Stack.start()) {
      var result = new Soak(stack).run(Duration.ofSeconds(30), STEPS_PER_SECOND);
      assertThat(result.complaints()).isEmpty();
      assertThat(result.latencies()).hasSize(120);
    }
  }
}
