package io.tda.worker.executor.adapter.gcs;

import com.google.cloud.storage.StorageException;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import java.util.Map;

/** Turns what the client throws into the project's own faults. */
final class GcsFault {
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int PRECONDITION_FAILED = 412;
  static final int TOO_MANY_REQUESTS = 429;

  private GcsFault() {}

  /**
   * The fault of a call that failed. The server's own text stays in the cause.
   *
   * @param code what was tried: {@code GCS_READ_FAILED} or {@code GCS_WRITE_FAILED}
   */
  static StepException of(ErrorCode code, GcsUri uri, StorageException cause) {
    boolean denied = cause.getCode() == FORBIDDEN;
    var message = denied ? "access to the object is denied" : "object storage call failed";
    // 0 where there was no answer.
    var details = Map.<String, Object>of("gcs_uri", uri.toString(), "status", cause.getCode());
    var error = StepError.of(code, message, details);
    return new StepException(denied ? error.terminal() : error, cause);
  }

  /** The fault of an object that was replaced between the look at its size and its download. */
  static StepException replaced(GcsUri uri) {
    var details = Map.<String, Object>of("gcs_uri", uri.toString());
    return new StepException(
        StepError.of(ErrorCode.GCS_READ_FAILED, "object was replaced while it was read", details));
  }
}
