package io.tda.worker.executor;

import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.log.LogContext;
import io.tda.worker.time.Cancellation;
import io.tda.worker.time.TimeBudget;

/**
 * A report that is wanted: enough to read what it is made from, not to make it.
 *
 * @param cancellation ends the work early
 */
record ReportTask(
    FlowRun run, FlowStep step, TimeBudget budget, Cancellation cancellation, LogContext context) {

  /** Whether another input may be read. */
  boolean mayRead() {
    return budget.mayStartCall() && !cancellation.isCancelled();
  }
}
