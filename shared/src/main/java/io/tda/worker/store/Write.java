package io.tda.worker.store;

import java.util.List;
import java.util.Map;

/** One write of a commit. */
public sealed interface Write {
  /** The document that is written. */
  DocumentRef ref();

  /** What must hold for it. */
  Precondition precondition();

  /** How many writes one commit may hold. */
  int MAX_PER_COMMIT = 500;

  /**
   * Replaces the document, or makes it. Held to an update time it would be a write that Firestore's
   * client cannot express; {@link Update} can be held to one.
   */
  record Set(DocumentRef ref, Map<String, Object> data, Precondition precondition)
      implements Write {
    public Set {
      if (precondition instanceof Precondition.UpdatedAt) {
        throw new IllegalArgumentException("a replacement cannot be held to an update time");
      }
    }
  }

  /** Changes some fields of a document. Where there is no document, the commit is refused. */
  record Update(DocumentRef ref, Patch patch, Precondition precondition) implements Write {
    public Update {
      requirePresence(precondition);
      if (patch.set().isEmpty() && patch.deleted().isEmpty()) {
        throw new IllegalArgumentException("an update changes at least one field");
      }
    }
  }

  /** Removes the document. Without a precondition, removing what is not there is no error. */
  record Delete(DocumentRef ref, Precondition precondition) implements Write {
    public Delete {
      requirePresence(precondition);
    }
  }

  /**
   * Checks what every implementation asks of a commit: 1 to 500 writes, each to a document once.
   */
  static void requireCommittable(List<Write> writes) {
    if (writes.isEmpty() || writes.size() > MAX_PER_COMMIT) {
      throw new IllegalArgumentException("a commit has 1 to 500 writes, not " + writes.size());
    }
    if (writes.stream().map(Write::ref).distinct().count() < writes.size()) {
      throw new IllegalArgumentException("a commit writes a document once at most");
    }
  }

  private static void requirePresence(Precondition precondition) {
    if (precondition instanceof Precondition.Absent) {
      throw new IllegalArgumentException("what is not there cannot be updated or deleted");
    }
  }
}
