package io.tda.worker.adapter.http;

/** Answers the POSTs of one path. */
@FunctionalInterface
public interface PostHandler {

  /** Answers one; called by many threads at once. What it throws becomes a 503. */
  Answer handle(HttpCall call);
}
