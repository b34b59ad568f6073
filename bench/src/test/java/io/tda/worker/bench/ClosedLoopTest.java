package io.tda.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The load generator, and the arithmetic on what it measures. */
final class ClosedLoopTest {
  @Test
  void run_countsEveryExecution_andKeepsToTheNumberUnderWay() throws Exception {
    var underWay = new AtomicInteger();
    var most = new AtomicInteger();
    var ended = new AtomicInteger();
    var load =
        ClosedLoop.run(
            3,
            Duration.ofMillis(50),
            () -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              underWay.decrementAndGet();
              ended.incrementAndGet();
            });
    assertThat(load.latencies().count()).isEqualTo(ended.get()).isPositive();
    assertThat(most.get()).isBetween(1, 3);
    assertThat(load.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
  }

  @Test
  void run_fails_whenAnExecutionFails() {
    assertThatThrownBy(() ->
            ClosedLoop.run(
                2,
                Duration.ofSeconds(60),
                () -> {
                  throw new IllegalStateException("as planned");
                }))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("as planned");
  }

  @Test
  void millis_isTheDurationThatAShareDidNotExceed() {
    var nanos = new long[100];
    for (int i = 0; i < 100; i++) {
      nanos[i] = (100 - i) * 1_000_000L;
    }
    var latencies = Distribution.of(nanos);
    assertThat(latencies.millis(0.5)).isEqualTo(50);
    assertThat(latencies.millis(0.99)).isEqualTo(99);
    assertThat(latencies.millis(1)).isEqualTo(100);
    assertThat(Distribution.of(new long[0]).millis(0.5)).isNaN();
  }
}
