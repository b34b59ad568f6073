package io.tda.worker.config;

import static io.tda.worker.config.Audience.DISPATCHER;
import static io.tda.worker.config.Variable.withDefault;

import io.tda.worker.config.DispatcherConfig.OrderingScope;
import java.util.List;

/** The variables that only the dispatcher reads. */
final class DispatcherVariables {
  static final Variable<String> STEP_CLAIMED_TOPIC =
      withDefault(
          "STEP_CLAIMED_TOPIC",
          DISPATCHER,
          Rule.text(
              "a topic's name: 3 to 255 of A-Z a-z 0-9 - . _ ~ + %, a letter first, not goog…",
              "(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}"),
          "step-claimed",
          "Takes the claims; a name within the project.");

  static final Variable<OrderingScope> ORDERING_SCOPE =
      withDefault(
          "ORDERING_SCOPE",
          DISPATCHER,
          Rule.oneOf(OrderingScope.class),
          "step",
          "Whether the claims of one step or of one whole run are delivered one after the other.");

  static final Variable<Integer> MAX_CLAIMS_PER_EVENT =
      withDefault(
          "MAX_CLAIMS_PER_EVENT",
          DISPATCHER,
          Rule.number(1, 20),
          1,
          "How many steps one event may claim, for runs that fan out widely.");

  static final Variable<Integer> CLAIM_MAX_ATTEMPTS =
      withDefault(
          "CLAIM_MAX_ATTEMPTS",
          DISPATCHER,
          Rule.number(1, 10),
          4,
          "How often one event tries to claim against other writers of the run.");

  static final List<Variable<?>> ALL =
      List.of(STEP_CLAIMED_TOPIC, ORDERING_SCOPE, MAX_CLAIMS_PER_EVENT, CLAIM_MAX_ATTEMPTS);

  private DispatcherVariables() {}
}
