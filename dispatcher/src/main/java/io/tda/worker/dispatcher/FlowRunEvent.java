package io.tda.worker.dispatcher;

import io.tda.worker.id.RunId;
import io.tda.worker.store.Document;
import org.jspecify.annotations.Nullable;

/**
 * Says that a run document changed.
 *
 * @param id names the event; a redelivery has the same one
 * @param snapshot the document as the event carries it; null where it carries none that can be
 *     read, which is normal
 * @param traceparent W3C trace context of the delivery; null where there is none
 */
public record FlowRunEvent(
    String id, RunId runId, @Nullable Document snapshot, @Nullable String traceparent) {
  /** Leaves the document out. */
  @Override
  public String toString() {
    return "FlowRunEvent[" + id + ", " + runId + "]";
  }
}
