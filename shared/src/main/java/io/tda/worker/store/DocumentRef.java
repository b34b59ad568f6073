package io.tda.worker.store;

/** A document's place: a top-level collection and an id in it. */
public record DocumentRef(String collection, String id) {
  @Override
  public String toString() {
    return collection + "/" + id;
  }
}
