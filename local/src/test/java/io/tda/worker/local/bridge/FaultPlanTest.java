package io.tda.worker.local.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is planned for events. */
final class FaultPlanTest {
  private static final Duration DELAY = Duration.ofSeconds(2);

  @Test
  void deliveries_areOneAtOnce_withoutFaults() {
    assertThat(all(new FaultPlan(7, BridgeFaults.NONE))).containsOnly(List.of(Duration.ZERO));
  }

  @Test
  void deliveries_areTheSame_forTheSameSeed() {
    var faults = new BridgeFaults(0.5, 0.5, 0.2, DELAY);

    assertThat(all(new FaultPlan(7, faults))).isEqualTo(all(new FaultPlan(7, faults)));
    assertThat(all(new FaultPlan(7, faults))).isNotEqualTo(all(new FaultPlan(8, faults)));
  }

  @Test
  void deliveries_meetFaultsInTheirShares() {
    var plans = all(new FaultPlan(7, new BridgeFaults(0.3, 0.4, 0.1, DELAY)));

    assertThat(share(plans, List::isEmpty)).isCloseTo(0.1, within(0.05));
    assertThat(share(plans, plan -> plan.size() == 2)).isCloseTo(0.27, within(0.05));
    assertThat(share(plans, plan -> !plan.isEmpty() && plan.getFirst().isPositive()))
        .isCloseTo(0.36, within(0.05));
    assertThat(plans)
        .allSatisfy(
            plan -> assertThat(plan).allSatisfy(delay -> assertThat(delay).isLessThan(DELAY)));
  }

  @Test
  void faults_areShares() {
    assertThatThrownBy(() -> new BridgeFaults(1.1, 0, 0, DELAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.1");
    assertThatThrownBy(() -> new BridgeFaults(0, Double.NaN, 0, DELAY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<List<Duration>> all(FaultPlan plan) {
    return LongStream.range(0, 1000).mapToObj(plan::deliveries).toList();
  }

  private static double share(List<List<Duration>> plans, Predicate<List<Duration>> which) {
    return plans.stream().filter(which).count() / (double) plans.size();
  }
}
