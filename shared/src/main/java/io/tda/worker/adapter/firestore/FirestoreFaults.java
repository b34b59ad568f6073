package io.tda.worker.adapter.firestore;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import java.util.Map;

/** Tells what the client's exceptions mean. */
final class FirestoreFaults {
  private FirestoreFaults() {}

  /** The status of the call that failed; {@code UNKNOWN} where it never became a call. */
  static StatusCode.Code status(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiException call) {
        return call.getStatusCode().getCode();
      }
    }
    return StatusCode.Code.UNKNOWN;
  }

  /** Whether the status says that a commit was turned down because of what the documents are. */
  static boolean isRefusal(StatusCode.Code status) {
    return switch (status) {
      case ABORTED, FAILED_PRECONDITION, ALREADY_EXISTS, NOT_FOUND -> true;
      default -> false;
    };
  }

  /**
   * The fault in its storable form. The client's own words stay in the cause: they can hold values.
   *
   * @param operation {@code read}, {@code query} or {@code commit}
   */
  static StepException of(String operation, StatusCode.Code status, Throwable cause) {
    var error =
        StepError.of(
            ErrorCode.FIRESTORE_UNAVAILABLE,
            "Firestore " + operation + " failed",
            Map.of("operation", operation, "status", status.name()));
    // A request that is wrong in itself stays wrong. A missing right or database is mended by
    // people, often within the time that redeliveries take.
    return new StepException(
        status == StatusCode.Code.INVALID_ARGUMENT ? error.terminal() : error, cause);
  }
}
