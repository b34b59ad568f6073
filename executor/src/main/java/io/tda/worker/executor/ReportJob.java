package io.tda.worker.executor;

import io.tda.worker.flow.Claim;
import io.tda.worker.log.LogContext;
import io.tda.worker.time.Cancellation;
import io.tda.worker.time.TimeBudget;

/**
 * A report that is to be made by us: the task, and the right to end it.
 *
 * @param lease tells whether the right to write is still ours
 */
record ReportJob(ReportTask task, Claim claim, HeldLease lease) {

  TimeBudget budget() {
    return task.budget();
  }

  Cancellation cancellation() {
    return task.cancellation();
  }

  LogContext context() {
    return task.context();
  }
}
