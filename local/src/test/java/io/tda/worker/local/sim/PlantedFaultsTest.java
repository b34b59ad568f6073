package io.tda.worker.local.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the checker: a worker with a fault must not get away with it. */
final class PlantedFaultsTest {
  private static final int SEEDS = 2_000;

  static List<PlantedFault> faults() {
    return PlantedFaults.all();
  }

  private static final List<String> TABLE = new ArrayList<>();

  @AfterAll
  static void table() {
    System.out.println("| planted fault | caught by | at seed |\n|---|---|---|");
    TABLE.forEach(System.out::println);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void campaign_findsThePlantedFault(PlantedFault fault) {
    var found =
        LongStream.rangeClosed(1, SEEDS)
            .filter(seed -> violation(fault, seed).isPresent())
            .findFirst();
    assertThat(found).as("no seed of %s notices: %s", SEEDS, fault).isPresent();
    var violation = violation(fault, found.getAsLong()).orElseThrow();
    TABLE.add("| %s | %s | %d |".formatted(fault, violation.invariant(), found.getAsLong()));
    assertThat(violation.invariant()).as(violation.toString()).isIn(fault.caughtBy());
  }

  private static Optional<Violation> violation(PlantedFault fault, long seed) {
    return Optional.ofNullable(
        new Simulation(seed, EnumSet.allOf(FaultGroup.class), fault.seams(), Trace.off())
            .run()
            .violation());
  }
}
