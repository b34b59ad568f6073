package io.tda.worker.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How models are called.
 *
 * @param baseUrl null for the provider's own
 * @param maxAttempts calls per delivery, 1 to 3
 */
public record LLMConfig(
    LLMMode mode, ModelAllowlist allowedModels, @Nullable URI baseUrl, int maxAttempts) {}
