package io.tda.worker.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static final RandomGenerator LOWEST = () -> 0L;

  @Test
  void conflict_waitsBetween100And500Milliseconds() {
    assertThat(delays(Backoff.CONFLICT, 3))
        .allMatch(delay -> delay.toMillis() >= 100 && delay.toMillis() <= 500)
        .contains(Duration.ofMillis(100), Duration.ofMillis(500));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,4", "4,8", "5,16", "6,32", "7,32", "1000000,32"})
  void call_waitsUpToABoundThatDoubles(int failures, int seconds) {
    var bound = Duration.ofSeconds(seconds);

    assertThat(delays(Backoff.CALL, failures))
        .allMatch(delay -> !delay.isNegative() && delay.compareTo(bound) <= 0)
        .anyMatch(delay -> delay.compareTo(bound.multipliedBy(9).dividedBy(10)) > 0)
        .anyMatch(delay -> delay.compareTo(bound.dividedBy(10)) < 0);
  }

  @Test
  void call_mayWaitNotAtAll() {
    assertThat(Backoff.CALL.delay(5, LOWEST)).isZero();
  }

  @Test
  void delay_repeats_withTheSameSeed() {
    assertThat(delays(Backoff.CALL, 4)).isEqualTo(delays(Backoff.CALL, 4));
  }

  @Test
  void backoff_refusesBoundsThatContradict() {
    var one = Duration.ofSeconds(1);
    var two = Duration.ofSeconds(2);

    assertThatThrownBy(() -> new Backoff.Uniform(two, one))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff.Exponential(two, one))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff.Exponential(Duration.ZERO, one))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Duration> delays(Backoff backoff, int failures) {
    var random = new SplittableRandom(42);
    return IntStream.range(0, 5_000).mapToObj(_ -> backoff.delay(failures, random)).toList();
  }
}
