package io.tda.worker.executor;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.log.LogContext;
import io.tda.worker.time.Cancellation;
import io.tda.worker.time.TimeBudget;

/**
 * One report to be made: what for, and within which bounds.
 *
 * @param cancellation ends the work early
 * @param lease tells whether the right to write is still ours
 */
record ReportJob(
    FlowRun run,
    FlowStep step,
    Claim claim,
    TimeBudget budget,
    Cancellation cancellation,
    HeldLease lease,
    LogContext context) {}
