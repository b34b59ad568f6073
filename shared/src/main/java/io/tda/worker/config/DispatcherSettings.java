package io.tda.worker.config;

import static io.tda.worker.config.DispatcherVariables.CLAIM_MAX_ATTEMPTS;
import static io.tda.worker.config.DispatcherVariables.MAX_CLAIMS_PER_EVENT;
import static io.tda.worker.config.DispatcherVariables.ORDERING_SCOPE;
import static io.tda.worker.config.DispatcherVariables.STEP_CLAIMED_TOPIC;

import java.util.function.Supplier;

/** Builds what only the dispatcher has. */
final class DispatcherSettings {
  private DispatcherSettings() {}

  static Supplier<DispatcherConfig> check(EnvReader env) {
    return () ->
        new DispatcherConfig(
            env.get(STEP_CLAIMED_TOPIC),
            env.get(ORDERING_SCOPE),
            env.get(MAX_CLAIMS_PER_EVENT),
            env.get(CLAIM_MAX_ATTEMPTS));
  }
}
