package io.tda.worker.config;

/** What happens to an answer of the model that is not valid. */
public sealed interface RawOutputCapture {

  /** It is dropped. */
  record Off() implements RawOutputCapture {}

  /** It is kept for some days in a bucket of its own, which few may read. */
  record Quarantine(String bucket) implements RawOutputCapture {}
}
