package io.tda.worker.artifact;

/** What became of a create-only write. */
public sealed interface CreateResult {

  /** The object is new and holds what was given. */
  record Created(long generation) implements CreateResult {}

  /**
   * An object of this name is there and was left as it is. It may be the work of an earlier try of
   * this very call whose answer was lost: read it before believing otherwise.
   */
  record AlreadyExists() implements CreateResult {}
}
