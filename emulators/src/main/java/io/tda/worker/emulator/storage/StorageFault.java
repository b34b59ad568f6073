package io.tda.worker.emulator.storage;

import java.time.Duration;

/** What can be made to go wrong with a call. */
public sealed interface StorageFault {

  /** Nothing is done; this status is the answer. */
  record Answer(int status) implements StorageFault {}

  /** It is done after this time. */
  record Slow(Duration delay) implements StorageFault {}

  /** Nothing is done and the connection closes. */
  record DropBefore() implements StorageFault {}

  /** It is done and the connection closes: the answer is lost. */
  record DropAfter() implements StorageFault {}
}
