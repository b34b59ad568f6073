package io.tda.worker.config;

import io.tda.worker.time.TimeBudgetPolicy;

/** The settings that only the executor has. */
public record ExecutorConfig(
    ArtifactConfig artifacts,
    RegistryConfig registry,
    LLMConfig llm,
    TimeBudgetPolicy budget,
    DeliveryConfig delivery,
    RawOutputCapture rawOutput,
    Limits limits) {}
