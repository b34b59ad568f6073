package io.tda.worker.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeBudgetPolicyTest {
  private static final TimeBudgetPolicy POLICY = policy(590, 120, 450);

  @ParameterizedTest
  @CsvSource({"590000,true", "120001,true", "120000,true", "119999,false", "0,false", "-1,false"})
  void mayStartCall_asLongAsTheReserveIsUntouched(long remaining, boolean allowed) {
    assertThat(POLICY.mayStartCall(Duration.ofMillis(remaining))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"590000,450000", "570000,450000", "569999,449999", "120001,1"})
  void modelDeadline_isWhatTheReserveLeaves_andTheLimitAtMost(long remaining, long deadline) {
    assertThat(POLICY.modelDeadline(Duration.ofMillis(remaining)))
        .contains(Duration.ofMillis(deadline));
  }

  @ParameterizedTest
  @CsvSource({"120000", "119999", "0", "-5000"})
  void modelDeadline_isEmpty_whenOnlyTheReserveIsLeft(long remaining) {
    assertThat(POLICY.modelDeadline(Duration.ofMillis(remaining))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"150001,true", "150000,false", "120000,false", "-1,false"})
  void mayRepair_onlyWithMoreThanReserveAndMinimum(long remaining, boolean allowed) {
    assertThat(POLICY.mayRepair(Duration.ofMillis(remaining))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"10000,130000,true", "10001,130000,false", "0,119999,false", "0,120000,true"})
  void mayWait_whenTheReserveIsLeftAfterwards(long delay, long remaining, boolean allowed) {
    assertThat(POLICY.mayWait(Duration.ofMillis(delay), Duration.ofMillis(remaining)))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"590000,true", "1,true", "0,true", "-1,false", "-3600000,false"})
  void mayKeepLease_untilItIsOverdrawn(long remaining, boolean allowed) {
    assertThat(POLICY.mayKeepLease(Duration.ofMillis(remaining))).isEqualTo(allowed);
  }

  @Test
  void policy_takesPartsThatFitExactly() {
    assertThat(policy(570, 120, 450).invocation()).isEqualTo(Duration.ofSeconds(570));
  }

  @Test
  void policy_refusesPartsThatDoNotFit() {
    assertThatThrownBy(() -> policy(569, 120, 450)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> policy(590, 120, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> policy(590, -1, 450)).isInstanceOf(IllegalArgumentException.class);
  }

  private static TimeBudgetPolicy policy(int invocation, int reserve, int model) {
    return new TimeBudgetPolicy(
        Duration.ofSeconds(invocation), Duration.ofSeconds(reserve), Duration.ofSeconds(model));
  }
}
