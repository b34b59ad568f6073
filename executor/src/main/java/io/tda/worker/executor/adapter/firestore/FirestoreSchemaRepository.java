package io.tda.worker.executor.adapter.firestore;

import io.tda.worker.llm.LLMSchema;
import io.tda.worker.llm.LLMSchemaParser;
import io.tda.worker.llm.SchemaId;
import io.tda.worker.llm.SchemaRepository;
import io.tda.worker.store.DocumentStore;
import java.time.InstantSource;

/** Output schemas from {@code llm_schemas}; a cached one is compiled already. */
public final class FirestoreSchemaRepository implements SchemaRepository {
  private final ImmutableDocuments<LLMSchema> schemas;

  /**
   * @param collection {@code LLM_SCHEMAS_COLLECTION}
   */
  public FirestoreSchemaRepository(DocumentStore store, String collection, InstantSource clock) {
    this.schemas = new ImmutableDocuments<>(store, collection, clock);
  }

  @Override
  public SchemaRead find(SchemaId schemaId) {
    var cached = schemas.cached(schemaId.value());
    if (cached != null) {
      return new SchemaRead.Found(cached, true);
    }
    return schemas
        .<SchemaRead>read(
            schemaId.value(),
            data ->
                switch (LLMSchemaParser.parse(schemaId, data)) {
                  case LLMSchemaParser.Result.Parsed(var schema) -> {
                    schemas.keep(schemaId.value(), schema);
                    yield new SchemaRead.Found(schema, false);
                  }
                  case LLMSchemaParser.Result.Malformed(var violations) ->
                      new SchemaRead.Malformed(violations);
                })
        .orElseGet(SchemaRead.Missing::new);
  }
}
