package io.tda.worker.dispatcher.adapter.pubsub;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the client throws into the project's own error: {@code CLAIM_UNDELIVERABLE}, which
 * says what became of the claim. It is only logged, never stored.
 */
final class PublishFault {
  /** These need a person: a topic, a permission or the message itself is wrong. */
  private static final Set<Code> LASTING =
      Set.of(Code.NOT_FOUND, Code.PERMISSION_DENIED, Code.INVALID_ARGUMENT);

  private PublishFault() {}

  static StepError of(@Nullable Throwable cause) {
    var status =
        cause instanceof ApiException fault ? fault.getStatusCode().getCode() : Code.UNKNOWN;
    return of(status.name(), LASTING.contains(status));
  }

  /** The service did not answer within the budget. */
  static StepError timeout() {
    return of(Code.DEADLINE_EXCEEDED.name(), false);
  }

  /** The wait was ended from outside: the process shuts down. */
  static StepError interrupted() {
    return of(Code.CANCELLED.name(), false);
  }

  private static StepError of(String status, boolean lasting) {
    var error =
        StepError.of(
            ErrorCode.CLAIM_UNDELIVERABLE, "claim was not published", Map.of("status", status));
    return new StepError(error.code(), error.message(), error.details(), !lasting, Duration.ZERO);
  }
}
