package io.tda.worker.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeBudgetTest {
  private static final TimeBudgetPolicy POLICY =
      new TimeBudgetPolicy(
          Duration.ofSeconds(590), Duration.ofSeconds(120), Duration.ofSeconds(450));

  private Instant now = Instant.parse("2025-12-24T06:10:00Z");
  private final TimeBudget budget = TimeBudget.start(POLICY, () -> now);

  @Test
  void remaining_isTheInvocation_atFirst() {
    assertThat(budget.remaining()).isEqualTo(Duration.ofSeconds(590));
    assertThat(budget.modelDeadline()).contains(Duration.ofSeconds(450));
    assertThat(budget.finalizeReserve()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void budget_allowsACall_untilTheReserveBegins() {
    passSeconds(470);
    assertThat(budget.mayStartCall()).isTrue();
    assertThat(budget.modelDeadline()).isEmpty();

    passSeconds(1);
    assertThat(budget.mayStartCall()).isFalse();
  }

  @Test
  void budget_allowsARepair_untilItsMinimumIsCutInto() {
    passSeconds(439);
    assertThat(budget.mayRepair()).isTrue();

    passSeconds(1);
    assertThat(budget.mayRepair()).isFalse();
  }

  @Test
  void budget_allowsAWait_thatEndsBeforeTheReserve() {
    passSeconds(400);

    assertThat(budget.mayWait(Duration.ofSeconds(70))).isTrue();
    assertThat(budget.mayWait(Duration.ofSeconds(71))).isFalse();
  }

  @Test
  void remaining_isNegative_whenOverdrawn() {
    passSeconds(600);

    assertThat(budget.remaining()).isEqualTo(Duration.ofSeconds(-10));
  }

  @Test
  void budget_keepsTheLease_toItsEnd() {
    passSeconds(590);
    assertThat(budget.mayKeepLease()).isTrue();

    passSeconds(1);
    assertThat(budget.mayKeepLease()).isFalse();
  }

  private void passSeconds(int seconds) {
    now = now.plusSeconds(seconds);
  }
}
