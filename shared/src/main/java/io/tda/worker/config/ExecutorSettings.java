package io.tda.worker.config;

import static io.tda.worker.config.CommonVariables.FLOW_RUNS_COLLECTION;
import static io.tda.worker.config.CommonVariables.STEP_LEASES_COLLECTION;
import static io.tda.worker.config.ExecutorVariables.ARTIFACTS_BUCKET;
import static io.tda.worker.config.ExecutorVariables.ARTIFACTS_PREFIX;
import static io.tda.worker.config.ExecutorVariables.LLM_PROMPTS_COLLECTION;
import static io.tda.worker.config.ExecutorVariables.LLM_SCHEMAS_COLLECTION;
import static io.tda.worker.config.ExecutorVariables.MAX_DELIVERY_ATTEMPTS;
import static io.tda.worker.config.ExecutorVariables.MAX_MODEL_CALLS;
import static io.tda.worker.config.ExecutorVariables.QUARANTINE_BUCKET;
import static io.tda.worker.config.ExecutorVariables.RAW_OUTPUT_CAPTURE;
import static io.tda.worker.config.LimitVariables.MAX_CHART_BYTES;
import static io.tda.worker.config.LimitVariables.MAX_CONTEXT_BYTES;
import static io.tda.worker.config.LimitVariables.MAX_IMAGES;
import static io.tda.worker.config.LimitVariables.MAX_INLINE_BYTES;
import static io.tda.worker.config.LimitVariables.MAX_OUTPUT_BYTES;
import static io.tda.worker.config.LimitVariables.MAX_PREVIOUS_REPORTS;

import io.tda.worker.config.ExecutorVariables.Capture;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks and builds what only the executor has. */
final class ExecutorSettings {
  private ExecutorSettings() {}

  static Supplier<ExecutorConfig> check(EnvReader env) {
    env.requireDistinct(
        List.of(
            FLOW_RUNS_COLLECTION,
            STEP_LEASES_COLLECTION,
            LLM_PROMPTS_COLLECTION,
            LLM_SCHEMAS_COLLECTION));
    checkCapture(env);
    checkLimits(env);
    var budget = TimeSettings.check(env);
    var llm = LLMSettings.check(env);
    return () ->
        new ExecutorConfig(
            new ArtifactConfig(env.get(ARTIFACTS_BUCKET), env.find(ARTIFACTS_PREFIX).orElse("")),
            new RegistryConfig(env.get(LLM_PROMPTS_COLLECTION), env.get(LLM_SCHEMAS_COLLECTION)),
            llm.get(),
            budget.get(),
            new DeliveryConfig(env.get(MAX_DELIVERY_ATTEMPTS), env.get(MAX_MODEL_CALLS)),
            capture(env),
            limits(env));
  }

  private static void checkCapture(EnvReader env) {
    if (env.find(RAW_OUTPUT_CAPTURE).equals(Optional.of(Capture.QUARANTINE))) {
      env.require(QUARANTINE_BUCKET, "with RAW_OUTPUT_CAPTURE=quarantine");
      // Who may read reports may not read what the model says unchecked.
      env.requireDistinct(List.of(ARTIFACTS_BUCKET, QUARANTINE_BUCKET));
    }
  }

  private static RawOutputCapture capture(EnvReader env) {
    return switch (env.get(RAW_OUTPUT_CAPTURE)) {
      case OFF -> new RawOutputCapture.Off();
      case QUARANTINE -> new RawOutputCapture.Quarantine(env.get(QUARANTINE_BUCKET));
    };
  }

  private static void checkLimits(EnvReader env) {
    var chart = env.find(MAX_CHART_BYTES);
    var inline = env.find(MAX_INLINE_BYTES);
    if (chart.isPresent() && inline.isPresent() && chart.get() > inline.get()) {
      env.refuse(MAX_CHART_BYTES, "must not exceed MAX_INLINE_BYTES");
    }
  }

  private static Limits limits(EnvReader env) {
    return new Limits(
        env.get(MAX_CONTEXT_BYTES),
        env.get(MAX_CHART_BYTES),
        env.get(MAX_IMAGES),
        env.get(MAX_INLINE_BYTES),
        env.get(MAX_PREVIOUS_REPORTS),
        env.get(MAX_OUTPUT_BYTES));
  }
}
