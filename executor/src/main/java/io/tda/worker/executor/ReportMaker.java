package io.tda.worker.executor;

/** Makes the report of a step. */
@FunctionalInterface
interface ReportMaker {
  /** Makes the report, or says why not. May throw {@code StepException}; repeating is safe. */
  ReportResult make(ReportJob job);
}
