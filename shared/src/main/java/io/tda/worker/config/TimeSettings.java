package io.tda.worker.config;

import static io.tda.worker.config.ExecutorVariables.CLOUD_RUN_TIMEOUT_SECONDS;
import static io.tda.worker.config.ExecutorVariables.FINALIZE_BUDGET_SECONDS;
import static io.tda.worker.config.ExecutorVariables.INVOCATION_TIMEOUT_SECONDS;
import static io.tda.worker.config.ExecutorVariables.PUSH_ACK_DEADLINE_SECONDS;
import static io.tda.worker.config.GeminiVariables.GEMINI_TIMEOUT_SECONDS;

import io.tda.worker.time.TimeBudgetPolicy;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Checks and builds the time budget: model deadline + finalize reserve ≤ invocation ≤ Cloud Run
 * timeout ≤ ack deadline. The ack deadline's own bound of 600 s is that of its variable.
 */
final class TimeSettings {
  private TimeSettings() {}

  static Supplier<TimeBudgetPolicy> check(EnvReader env) {
    var model = env.find(GEMINI_TIMEOUT_SECONDS);
    var reserve = env.find(FINALIZE_BUDGET_SECONDS);
    var invocation = env.find(INVOCATION_TIMEOUT_SECONDS);
    if (model.isPresent()
        && reserve.isPresent()
        && invocation.isPresent()
        && model.get().plus(reserve.get()).compareTo(invocation.get()) > 0) {
      env.refuse(
          GEMINI_TIMEOUT_SECONDS,
          "plus FINALIZE_BUDGET_SECONDS must not exceed INVOCATION_TIMEOUT_SECONDS (%d + %d > %d)"
              .formatted(
                  model.get().toSeconds(),
                  reserve.get().toSeconds(),
                  invocation.get().toSeconds()));
    }
    checkOrder(env, INVOCATION_TIMEOUT_SECONDS, CLOUD_RUN_TIMEOUT_SECONDS);
    checkOrder(env, INVOCATION_TIMEOUT_SECONDS, PUSH_ACK_DEADLINE_SECONDS);
    checkOrder(env, CLOUD_RUN_TIMEOUT_SECONDS, PUSH_ACK_DEADLINE_SECONDS);
    return () ->
        new TimeBudgetPolicy(
            env.get(INVOCATION_TIMEOUT_SECONDS),
            env.get(FINALIZE_BUDGET_SECONDS),
            env.get(GEMINI_TIMEOUT_SECONDS));
  }

  private static void checkOrder(
      EnvReader env, Variable<Duration> shorter, Variable<Duration> longer) {
    var inner = env.find(shorter);
    var outer = env.find(longer);
    if (inner.isPresent() && outer.isPresent() && inner.get().compareTo(outer.get()) > 0) {
      env.refuse(shorter, "must not exceed " + longer.name());
    }
  }
}
