package io.tda.worker.id;

/** One step of one run. */
public record StepKey(RunId runId, StepId stepId) {

  /**
   * The id of the step's lease document. Unique because a run id cannot hold a {@code ~}; 257
   * characters at most, where Firestore allows 1,500 bytes.
   */
  public String leaseDocumentId() {
    return runId + "~" + stepId;
  }

  @Override
  public String toString() {
    return runId + "/" + stepId;
  }
}
