package io.tda.worker.artifact;

/** What became of reading an object's content alone. */
public sealed interface ContentResult {

  /** All of it. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Content(byte[] bytes) implements ContentResult {}

  /** There is no such object, or no such bucket. */
  record Missing() implements ContentResult {}

  /** The object is larger than was asked for. */
  record TooLarge(long bytes) implements ContentResult {}
}
