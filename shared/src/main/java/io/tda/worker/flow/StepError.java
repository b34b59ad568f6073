package io.tda.worker.flow;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One failure, in the form in which it may be stored and logged.
 *
 * @param message short, and the same for every failure of its kind: it names fields and rules,
 *     never a value from a document, an artifact, a prompt or a model's answer
 * @param details ids, sizes, hashes, counts and pointers; never payload or secrets
 * @param retryable whether a later delivery may succeed
 * @param retryAfter how long a retry should wait at least; zero where that does not matter
 */
public record StepError(
    ErrorCode code,
    String message,
    Map<String, Object> details,
    boolean retryable,
    Duration retryAfter) {
  public StepError {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** A failure that is as retryable as its code, without details. */
  public static StepError of(ErrorCode code, String message) {
    return of(code, message, Map.of());
  }

  /** A failure that is as retryable as its code. */
  public static StepError of(ErrorCode code, String message, Map<String, Object> details) {
    return new StepError(code, message, details, code.isRetryable(), Duration.ZERO);
  }

  /** A failure of a field of a document: the pointer goes into the details as well. */
  public static StepError of(ErrorCode code, Violation violation) {
    return of(code, violation.toString(), Map.of("pointer", violation.pointer()));
  }

  /** This failure, not to be retried. */
  public StepError terminal() {
    return new StepError(code, message, details, false, Duration.ZERO);
  }

  /** This failure, to be retried after this time at the earliest. */
  public StepError retryAfter(Duration delay) {
    return new StepError(code, message, details, true, delay);
  }
}
