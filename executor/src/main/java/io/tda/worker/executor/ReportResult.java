package io.tda.worker.executor;

import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepExecution.ModelUse;
import io.tda.worker.flow.StepExecution.ReportObject;
import org.jspecify.annotations.Nullable;

/** What became of a report. */
sealed interface ReportResult {
  /** How often the model was called for it. */
  int modelCalls();

  /** What the model cost; null where none was called and nothing is known of an earlier call. */
  @Nullable ModelUse model();

  /** The report is in the store and valid. */
  record Made(ReportObject report, int modelCalls, @Nullable ModelUse model)
      implements ReportResult {}

  /** There is no report. */
  record NotMade(StepError error, int modelCalls, @Nullable ModelUse model)
      implements ReportResult {}
}
