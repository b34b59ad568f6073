package io.tda.worker.log;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.StepError;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report's object, and how the step ended. */
public sealed interface OutputEvent extends LogEvent {

  /** The report is written. */
  record GcsWriteStarted(GcsUri uri, long bytes) implements OutputEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("gcs_uri", uri).with("bytes", bytes).map();
    }
  }

  /**
   * The report is there, or could not be written.
   *
   * @param reused whether an earlier attempt had written it
   * @param generation 0 where nothing is known of an object
   */
  record GcsWriteFinished(boolean ok, long bytes, boolean reused, long generation)
      implements OutputEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("ok", ok)
          .with("bytes", bytes)
          .with("reused", reused)
          .with("generation", generation)
          .map();
    }
  }

  /** A report was written that no step names. */
  record OrphanReportObject(GcsUri uri, long generation) implements OutputEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("uri", uri).with("generation", generation).map();
    }
  }

  /**
   * The step has SUCCEEDED.
   *
   * @param duration since it was claimed
   * @param modelName which model made the report; null where that is not known
   */
  record StepCompleted(GcsUri uri, Duration duration, @Nullable String modelName)
      implements OutputEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("gcs_uri", uri)
          .with("durationMs", duration)
          .with("modelName", modelName)
          .map();
    }
  }

  /**
   * The step has FAILED.
   *
   * @param modelName which model was to make the report; null where none was chosen
   */
  record StepFailed(StepError error, @Nullable String modelName) implements OutputEvent {
    /** No model was chosen yet. */
    public StepFailed(StepError error) {
      this(error, null);
    }

    @Override
    public Map<String, Object> fields() {
      return Fields.of("error", Fields.reduced(error)).with("modelName", modelName).map();
    }
  }

  /**
   * This delivery gave up; the message comes back.
   *
   * @param deliveryAttempt which delivery gave up
   */
  record StepRetryScheduled(StepError error, int deliveryAttempt) implements OutputEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("error", Fields.reduced(error))
          .with("deliveryAttempt", deliveryAttempt)
          .map();
    }
  }

  /** The step's end could not be written. */
  record FinalizeFailed(StepError error) implements OutputEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("error", Fields.reduced(error)).map();
    }
  }

  /**
   * A push is answered.
   *
   * @param status the HTTP status; anything but a 204 brings the message back
   */
  record PushFinished(int status) implements OutputEvent {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_ERROR = 400;

    /** Whether something went wrong. A 429 only says that another delivery is at work. */
    boolean isFailure() {
      return status >= FIRST_ERROR && status != TOO_MANY_REQUESTS;
    }

    @Override
    public Map<String, Object> fields() {
      return Fields.of("status", status).map();
    }
  }

  @Override
  default String name() {
    return switch (this) {
      case GcsWriteStarted _ -> "gcs_write_started";
      case GcsWriteFinished _ -> "gcs_write_finished";
      case OrphanReportObject _ -> "orphan_report_object";
      case StepCompleted _ -> "step_completed";
      case StepFailed _ -> "step_failed";
      case StepRetryScheduled _ -> "step_retry_scheduled";
      case FinalizeFailed _ -> "finalize_failed";
      case PushFinished _ -> "push_finished";
    };
  }

  @Override
  default Severity severity() {
    return switch (this) {
      case GcsWriteStarted _ -> Severity.DEBUG;
      case GcsWriteFinished finished -> Severity.infoIf(finished.ok());
      case StepCompleted _ -> Severity.INFO;
      case OrphanReportObject _, StepRetryScheduled _ -> Severity.WARNING;
      case StepFailed _ -> Severity.ERROR;
      case FinalizeFailed failed -> failed.error().retryable() ? Severity.WARNING : Severity.ERROR;
      case PushFinished finished -> Severity.infoIf(!finished.isFailure());
    };
  }
}
