package io.tda.worker.llm;

import io.tda.worker.flow.Violation;
import java.util.List;

/**
 * The port to stored output schemas. A schema never changes under its id, so implementations may
 * cache; a cached one is compiled already. A fault is thrown as {@code StepException} with {@code
 * FIRESTORE_UNAVAILABLE}.
 */
public interface SchemaRepository {

  /** Finds a schema: one round trip, or none from the cache. */
  SchemaRead find(SchemaId schemaId);

  /** What was found. */
  sealed interface SchemaRead {

    /**
     * A usable schema.
     *
     * @param cached whether it cost no round trip
     */
    record Found(LLMSchema schema, boolean cached) implements SchemaRead {}

    /** No document of this id. */
    record Missing() implements SchemaRead {}

    /** A document that holds no usable schema. */
    record Malformed(List<Violation> violations) implements SchemaRead {
      public Malformed {
        violations = List.copyOf(violations);
      }
    }
  }
}
