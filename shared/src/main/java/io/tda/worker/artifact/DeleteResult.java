package io.tda.worker.artifact;

/** What became of deleting one generation of an object. */
public sealed interface DeleteResult {

  /** That generation is gone. */
  record Deleted() implements DeleteResult {}

  /** It was not there any more, or the caller may not delete; nothing changed. */
  record Kept() implements DeleteResult {}
}
