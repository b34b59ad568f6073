package io.tda.worker.artifact;

/** What became of reading an object. */
public sealed interface ReadResult {

  /** The whole object. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Found(StoredObject object, byte[] content) implements ReadResult {}

  /** There is no such object, or no such bucket. */
  record Missing() implements ReadResult {}

  /** The object is larger than was asked for; its content was not fetched. */
  record TooLarge(long bytes) implements ReadResult {}
}
