package io.tda.worker.llm;

import org.jspecify.annotations.Nullable;

/**
 * Which schema the answer has to meet.
 *
 * @param schemaId in the registry
 * @param kind informational; null where the profile has none
 * @param schemaSha256 what the author of the step believed the schema's hash to be; informational
 */
public record StructuredOutputSpec(
    String schemaId, @Nullable String kind, @Nullable String schemaSha256) {}
