package io.tda.worker.executor;

import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.CreateResult;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.LLMReportFile;
import io.tda.worker.artifact.ReadResult;
import io.tda.worker.artifact.StoredObject;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.flow.StepExecution.ReportObject;
import io.tda.worker.id.StepKey;
import io.tda.worker.json.Sha256;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.OutputEvent.GcsWriteFinished;
import io.tda.worker.log.OutputEvent.GcsWriteStarted;
import java.util.Map;

/** Writes a step's report once, and recognises one that an earlier attempt has written. */
final class ReportWriter {
  /** Larger than any report: a model's answer has 2 MiB at most. */
  private static final long MAX_REPORT_BYTES = 8L * 1024 * 1024;

  private static final String CLAIM_ID = "claimId";
  private static final String SHA_256 = "sha256";

  private final ArtifactStore artifacts;
  private final ReportFileCheck check;
  private final EventLogger log;

  ReportWriter(ArtifactStore artifacts, ReportFileCheck check, EventLogger log) {
    this.artifacts = artifacts;
    this.check = check;
    this.log = log;
  }

  /** A report that is in the store, and what it says. */
  record Stored(ReportObject object, LLMReportFile file) {}

  /**
   * Writes the report, create-only. One round trip; two more where an object of its name is there.
   * Who has lost the lease writes nothing: not even an object. Store faults are thrown as {@code
   * StepException}; repeating is safe.
   */
  Loaded<Stored> write(ReportJob job, GcsUri uri, LLMReportFile file) {
    var json = file.toJson();
    var violations = check.violations(json);
    if (!violations.isEmpty()) {
      throw new IllegalStateException("a report breaks its own contract at " + violations);
    }
    var content = LLMReportFile.toBytes(json);
    var sha256 = Sha256.hex(content);
    // As late as can be: this process may have been stopped for longer than its lease holds.
    if (!job.lease().confirm()) {
      return new Loaded.Refused<>(
          StepError.of(ErrorCode.LEASE_EXPIRED, "another executor holds the lease"));
    }
    log.log(new GcsWriteStarted(uri, content.length), job.context());
    try {
      var metadata = Map.of(CLAIM_ID, job.claim().id().value(), SHA_256, sha256);
      return switch (artifacts.create(uri, content, LLMReportFile.CONTENT_TYPE, metadata)) {
        case CreateResult.Created(var generation) -> {
          var object =
              new ReportObject(
                  uri, LLMReportFile.CONTENT_TYPE, sha256, content.length, generation, false);
          yield finished(job, new Stored(object, file));
        }
        case CreateResult.AlreadyExists() -> readBack(job, uri, sha256);
      };
    } catch (StepException e) {
      log.log(new GcsWriteFinished(false, content.length, false, 0), job.context());
      throw e;
    }
  }

  /**
   * Takes the report that an earlier attempt left behind, so that no model is paid again. Two round
   * trips.
   */
  Loaded<Stored> reuse(ReportJob job, GcsUri uri) {
    return readBack(job, uri, "");
  }

  private Loaded<Stored> readBack(ReportJob job, GcsUri uri, String ownSha256) {
    return switch (artifacts.read(uri, MAX_REPORT_BYTES)) {
      case ReadResult.Found(var object, var content) -> judge(job, object, content, ownSha256);
      case ReadResult.TooLarge(var bytes) -> conflict(job, uri, "is larger than any report", bytes);
      case ReadResult.Missing() ->
          // Deleted since: a later delivery writes it.
          throw new StepException(
              StepError.of(ErrorCode.GCS_WRITE_FAILED, "the report object came and went"));
    };
  }

  private Loaded<Stored> judge(
      ReportJob job, StoredObject object, byte[] content, String ownSha256) {
    var sha256 = Sha256.hex(content);
    if (LLMReportFile.parse(content) instanceof LLMReportFile.Result.Parsed(var file)
        && isReportOf(file, job.claim().step())) {
      // The same bytes are this very write, whose answer was lost.
      var reused = !sha256.equals(ownSha256);
      return finished(
          job,
          new Stored(
              new ReportObject(
                  object.uri(),
                  LLMReportFile.CONTENT_TYPE,
                  sha256,
                  content.length,
                  object.generation(),
                  reused),
              file));
    }
    return conflict(job, object.uri(), "is not this step's report", content.length);
  }

  private boolean isReportOf(LLMReportFile file, StepKey step) {
    return file.isReportOf(step) && check.violations(file.toJson()).isEmpty();
  }

  private Loaded<Stored> finished(ReportJob job, Stored stored) {
    var object = stored.object();
    log.log(
        new GcsWriteFinished(true, object.bytes(), object.reused(), object.generation()),
        job.context());
    return new Loaded.Value<>(stored);
  }

  private Loaded<Stored> conflict(ReportJob job, GcsUri uri, String what, long bytes) {
    log.log(new GcsWriteFinished(false, bytes, false, 0), job.context());
    return new Loaded.Refused<>(
        StepError.of(
            ErrorCode.ARTIFACT_CONFLICT,
            "the object at the report's place " + what,
            Map.of("uri", uri.toString(), "bytes", bytes)));
  }
}
