package io.tda.worker.adapter.memory;

import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentRef;
import java.util.Optional;

/**
 * One document changed by a commit; a write that changes nothing is none.
 *
 * @param before empty where the document was made
 * @param after empty where it was deleted
 */
public record Change(DocumentRef ref, Optional<Document> before, Optional<Document> after) {}
