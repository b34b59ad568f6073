package io.tda.worker.config;

/** The collections that hold prompts and schemas. */
public record RegistryConfig(String prompts, String schemas) {}
