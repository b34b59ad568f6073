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

  /** The model that was chosen for it; null where there is none yet. */
  @Nullable String modelName();

  /** The same, where no model is named yet: this one was chosen. */
  ReportResult forModel(String chosen);

  /** The report is in the store and valid. */
  record Made(
      ReportObject report, int modelCalls, @Nullable ModelUse model, @Nullable String modelName)
      implements ReportResult {
    @Override
    public Made forModel(String chosen) {
      return modelName == null ? new Made(report, modelCalls, model, chosen) : this;
    }
  }

  /** There is no report. */
  record NotMade(
      StepError error, int modelCalls, @Nullable ModelUse model, @Nullable String modelName)
      implements ReportResult {
    @Override
    public NotMade forModel(String chosen) {
      return modelName == null ? new NotMade(error, modelCalls, model, chosen) : this;
    }
  }
}
