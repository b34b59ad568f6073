package io.tda.worker.executor;

import io.tda.worker.artifact.ArtifactPathPolicy;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.LLMReportStep;
import io.tda.worker.flow.StepError;

/**
 * Makes no report, but takes the one that an earlier delivery left behind: a step whose report is
 * paid for and written must not fail because the last commit did.
 */
final class LeftReport implements ReportMaker {
  private final ArtifactPathPolicy paths;
  private final ArtifactStore artifacts;
  private final ReportWriter writer;
  private final int maxPreviousReports;

  LeftReport(
      ArtifactPathPolicy paths,
      ArtifactStore artifacts,
      ReportWriter writer,
      int maxPreviousReports) {
    this.paths = paths;
    this.artifacts = artifacts;
    this.writer = writer;
    this.maxPreviousReports = maxPreviousReports;
  }

  /** There is nothing to be read but the report itself, and that only by who may take it. */
  @Override
  public Draft begin(ReportTask task) {
    return this::finish;
  }

  private ReportResult finish(ReportJob job) {
    var task = job.task();
    return switch (LLMReportStep.of(task.run(), task.step(), maxPreviousReports)) {
      case LLMReportStep.Result.Invalid _ -> givenUp(job);
      case LLMReportStep.Result.Valid(var step) ->
          take(job, paths.report(step.key(), step.timeframe()));
    };
  }

  private ReportResult take(ReportJob job, GcsUri uri) {
    if (artifacts.find(uri).isEmpty()) {
      return givenUp(job);
    }
    return switch (writer.reuse(job, uri)) {
      case Loaded.Refused<ReportWriter.Stored>(var error) ->
          new ReportResult.NotMade(error, 0, null, null);
      case Loaded.Value<ReportWriter.Stored>(var stored) ->
          new ReportResult.Made(stored.object(), 0, null, stored.file().request().modelName());
    };
  }

  private static ReportResult givenUp(ReportJob job) {
    var lastError = job.lease().current().value().lastError();
    var code = lastError == null ? ErrorCode.CLAIM_UNDELIVERABLE : lastError;
    var error = StepError.of(code, "the claim has used up its deliveries").terminal();
    return new ReportResult.NotMade(error, 0, null, null);
  }
}
