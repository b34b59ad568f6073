package io.tda.worker.store;

import java.util.Map;

/** One write of a commit. */
public sealed interface Write {
  /** The document that is written. */
  DocumentRef ref();

  /** What must hold for it. */
  Precondition precondition();

  /** Replaces the document, or makes it. */
  record Set(DocumentRef ref, Map<String, Object> data, Precondition precondition)
      implements Write {}

  /** Changes some fields of a document that must be there. */
  record Update(DocumentRef ref, Patch patch, Precondition precondition) implements Write {}

  /** Removes the document. Without a precondition, removing what is not there is no error. */
  record Delete(DocumentRef ref, Precondition precondition) implements Write {}
}
