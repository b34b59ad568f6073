package io.tda.worker.adapter.http;

import io.tda.worker.time.Cancellation;

/**
 * Whether the process is about to end. From then on it takes no work and hands back what it has.
 */
public final class Draining {
  private final Cancellation work = new Cancellation();

  /** Begins: work that listens is cancelled, on this thread. */
  void begin() {
    work.cancel();
  }

  /** Whether it has begun. */
  public boolean hasBegun() {
    return work.isCancelled();
  }

  /** What work that can be handed back listens to. */
  public Cancellation cancellation() {
    return work;
  }
}
