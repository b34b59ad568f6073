package io.tda.worker.executor;

/** Makes the report of a step, in two parts: the first needs no lease. */
@FunctionalInterface
interface ReportMaker {
  /**
   * Begins to read what the report is made from. It only reads, so the lease may turn out to be
   * another's: then the task is cancelled, and the draft dropped. What goes wrong is told by the
   * draft.
   */
  Draft begin(ReportTask task);

  /** A report whose inputs are being read. */
  @FunctionalInterface
  interface Draft {
    /** Makes the report, or says why not. May throw {@code StepException}; repeating is safe. */
    ReportResult finish(ReportJob job);
  }
}
