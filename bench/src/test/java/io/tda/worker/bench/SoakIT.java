package io.tda.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The short form of the soak: both services as processes, over the emulators. */
final class SoakIT {
  private static final double STEPS_PER_SECOND = 3;

  @Test
  void nothingGrows_underASteadyLoad() throws Exception {
    try (var stack = Stack.start()) {
      var result = new Soak(stack).run(Duration.ofSeconds(20), STEPS_PER_SECOND);
      // Whether latency grows, only the long form can tell on a machine with other work on it.
      assertThat(result.complaints()).filteredOn(it -> !it.contains("latency")).isEmpty();
      assertThat(result.latencies()).hasSize(60);
    }
  }
}
