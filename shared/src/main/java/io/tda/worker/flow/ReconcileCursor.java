package io.tda.worker.flow;

import io.tda.worker.id.RunId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The port to where a reconcile remembers how far it came, for another instance to go on. Two that
 * write at once do no harm: some runs are then looked at twice.
 *
 * <p>Faults are thrown as {@link StepException} with {@code FIRESTORE_UNAVAILABLE}.
 */
public interface ReconcileCursor {

  /**
   * The last run that was looked at; empty where the next reconcile starts anew. One round trip.
   */
  Optional<RunId> load();

  /**
   * Remembers the last run that was looked at. One round trip.
   *
   * @param last null where all were
   */
  void save(@Nullable RunId last);
}
