package io.tda.worker.local.sim;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.dispatcher.EventOutcome;
import io.tda.worker.executor.DeadLetterOutcome;
import io.tda.worker.executor.DeliveryOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A thousand worlds, in which nothing may happen that must not, and all may that can. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SimulationTest {
  private static final int SEEDS = 1_000;

  private final Campaign.Totals totals =
      new Campaign(EnumSet.allOf(FaultGroup.class), Seams.NONE).run(1, SEEDS, _ -> {});

  @Test
  void campaign_violatesNothing() {
    assertThat(totals.violations().stream().map(it -> it.seed() + " " + it.violation()))
        .as("replay: ./worker sim --seed …")
        .isEmpty();
    assertThat(totals.seeds()).isEqualTo(SEEDS);
  }

  @Test
  void campaign_injectsEveryFault() {
    assertThat(totals.coverage().of("fault").keySet())
        .containsAll(Arrays.stream(Fault.values()).map(Enum::name).toList());
  }

  @Test
  void campaign_reachesEveryOutcome() {
    assertThat(totals.coverage().of("event").keySet()).containsAll(cases(EventOutcome.class));
    assertThat(totals.coverage().of("delivery").keySet()).containsAll(cases(DeliveryOutcome.class));
    assertThat(totals.coverage().of("deadLetter").keySet())
        .containsAll(cases(DeadLetterOutcome.class));
  }

  @Test
  void campaign_reachesRecovery() {
    assertThat(totals.coverage().of("log").keySet())
        .contains(
            "step_completed",
            "step_failed",
            "step_reclaimed",
            "step_claimed_republished",
            "claim_dead_lettered",
            "lease_lost",
            "lease_released",
            "orphan_report_object",
            "structured_output_repair_attempt_finished",
            "model_retry_scheduled",
            "finalize_failed",
            "recovery_failed",
            "raw_output_quarantined");
  }

  @Test
  void simulation_repeatsItself_lineByLine() {
    for (long seed : new long[] {3, 17, 404}) {
      assertThat(trace(seed)).isEqualTo(trace(seed)).hasSizeGreaterThan(50);
    }
  }

  @Test
  void simulation_differs_whenTheSeedDoes() {
    assertThat(trace(3)).isNotEqualTo(trace(4));
  }

  private static List<String> trace(long seed) {
    var trace = Trace.on();
    var _ = new Simulation(seed, EnumSet.allOf(FaultGroup.class), Seams.NONE, trace).run();
    return trace.text();
  }

  private static List<String> cases(Class<?> sealed) {
    return new ArrayList<>(
        Arrays.stream(sealed.getPermittedSubclasses()).map(Class::getSimpleName).collect(toSet()));
  }
}
