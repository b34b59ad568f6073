package io.tda.worker.dispatcher;

import io.tda.worker.config.RunIdFilter;
import io.tda.worker.flow.ReconcileCursor;

/**
 * Which runs a reconcile looks at.
 *
 * @param runIds those that this environment takes, as with events
 * @param cursor where the last one stopped
 */
public record ReconcileScope(RunIdFilter runIds, ReconcileCursor cursor) {

  /** All runs. */
  public static ReconcileScope all(ReconcileCursor cursor) {
    return new ReconcileScope(RunIdFilter.ALL, cursor);
  }
}
