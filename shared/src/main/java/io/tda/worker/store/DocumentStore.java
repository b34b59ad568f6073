package io.tda.worker.store;

import java.util.List;
import java.util.Optional;

/**
 * The port to the document database, with Firestore's semantics.
 *
 * <p>The seam is this low on purpose: repositories above it are written once and run unchanged on
 * Firestore, on the in-memory store and in the simulator. {@code DocumentStoreContract} says what
 * every implementation must do.
 *
 * <p>Faults (the store is unavailable, a deadline passed, access was denied) are thrown as {@code
 * StepException} with {@code FIRESTORE_UNAVAILABLE}. After a fault in {@link #commit} it is unknown
 * whether the writes were carried out. Implementations are safe for use by many threads.
 */
public interface DocumentStore {

  /**
   * Reads documents in one round trip.
   *
   * @return one entry for each reference, in the same order; empty where there is no document
   */
  List<Optional<Document>> getAll(List<DocumentRef> refs);

  /**
   * Carries out all writes, or none, in one round trip.
   *
   * @param writes 1 to 500, at most one a document
   */
  CommitResult commit(List<Write> writes);

  /** Finds documents in one round trip. */
  List<Document> query(DocumentQuery query);
}
