package io.tda.worker.message;

import io.tda.worker.id.StepKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which messages have to wait for each other, {@code ORDERING_SCOPE}. */
public enum OrderingScope {
  /** Attempts of one step; steps of one run go in parallel. */
  STEP,
  /** All steps of one run. */
  RUN;

  /** The scope of this lower-case name, or empty for an unknown one. */
  public static Optional<OrderingScope> parse(String name) {
    return Arrays.stream(values())
        .filter(scope -> scope.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  /** The ordering key of a step's messages; 641 bytes at most, where Pub/Sub allows 1,024. */
  public String orderingKey(StepKey step) {
    return switch (this) {
      case STEP -> step.toString();
      case RUN -> step.runId().value();
    };
  }
}
