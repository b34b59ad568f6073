package io.tda.worker.store;

import java.time.Instant;

/** What must hold for a write to be carried out. */
public sealed interface Precondition {

  /** Nothing has to hold. */
  record None() implements Precondition {}

  /** The document is not there yet. */
  record Absent() implements Precondition {}

  /**
   * The document is there and was last changed exactly then.
   *
   * @param updateTime one that the document has or once had; a later one is a faulty request
   */
  record UpdatedAt(Instant updateTime) implements Precondition {}
}
