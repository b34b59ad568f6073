package io.tda.worker.executor.adapter.gemini;

import com.google.auth.Retryable;
import com.google.genai.errors.GenAiIOException;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The one place where a fault of the model call becomes a step's error. */
final class GeminiErrors {
  /** How long to wait where the quota, not a burst limit, is used up; spec 03. */
  static final Duration QUOTA_WAIT = Duration.ofMinutes(10);

  private GeminiErrors() {}

  /** An answer that is not 2xx; it carries what may be known of it. */
  static final class RefusedException extends IOException {
    @Serial private static final long serialVersionUID = 1L;
    private final transient GeminiErrorBody body;

    RefusedException(GeminiErrorBody body) {
      super("HTTP " + body.httpStatus());
      this.body = body;
    }
  }

  /** An answer that was not read to its end. */
  static final class TooLargeException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("answer too large");
    }
  }

  /** What ended a call from our side. */
  enum Ending {
    DEADLINE("the model call did not end by its deadline"),
    CANCELLED("the model call was cancelled");

    private final String message;

    Ending(String message) {
      this.message = message;
    }
  }

  static StepException ended(Ending ending) {
    return new StepException(ended(ending.message, ending));
  }

  /** Whatever the SDK threw. */
  static StepException of(Throwable fault) {
    var trace = FaultTrace.of(fault);
    for (var cause = fault; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case StepException e -> {
          return e;
        }
        case RefusedException e -> {
          return new StepException(refused(e.body), trace);
        }
        case TooLargeException _ -> {
          return new StepException(failed("the answer of the model API is too large"), trace);
        }
        case Retryable e when !e.isRetryable() -> {
          return new StepException(unauthenticated(Map.of()), trace);
        }
        case SocketTimeoutException e -> {
          return new StepException(connection(e), trace);
        }
        case InterruptedIOException _ -> {
          return new StepException(ended(Ending.DEADLINE.message, Ending.DEADLINE), trace);
        }
        default -> {}
      }
    }
    return new StepException(unnamed(fault), trace);
  }

  /** An answer that is no {@code GenerateContentResponse}. */
  static StepException malformed(String reason) {
    return new StepException(
        StepError.of(
            ErrorCode.GEMINI_REQUEST_FAILED,
            "the answer of the model API is malformed",
            Map.of("reason", reason)));
  }

  /** A refusal, whether it came over the network or from a stored answer. */
  static StepError refused(GeminiErrorBody body) {
    var details = details(body);
    return switch (body.httpStatus()) {
      case 400 -> body.badKey() ? unauthenticated(details) : invalid("request", details);
      case 401, 403 -> unauthenticated(details);
      case 404 -> invalid("model", details);
      case 429 -> limited(body, details);
      default -> StepError.of(ErrorCode.GEMINI_REQUEST_FAILED, "the model API failed", details);
    };
  }

  private static StepError limited(GeminiErrorBody body, Map<String, Object> details) {
    var delay = body.retryDelay();
    details.put("retryInfo", delay != null);
    return delay == null
        ? StepError.of(ErrorCode.RATE_LIMITED, "the quota of the model API is used up", details)
            .retryAfter(QUOTA_WAIT)
        : StepError.of(ErrorCode.RATE_LIMITED, "the model API limits the rate", details)
            .retryAfter(delay);
  }

  private static StepError invalid(String what, Map<String, Object> details) {
    return StepError.of(
        ErrorCode.LLM_PROFILE_INVALID, "the model API refused the " + what, details);
  }

  private static StepError unauthenticated(Map<String, Object> details) {
    return StepError.of(
        ErrorCode.LLM_AUTH_FAILED, "the model API refused the credentials", details);
  }

  private static StepError ended(String message, Ending ending) {
    return StepError.of(
        ErrorCode.TIME_BUDGET_EXCEEDED,
        message,
        Map.of("ended", ending.name().toLowerCase(Locale.ROOT)));
  }

  private static StepError unnamed(Throwable fault) {
    var root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof IOException || fault instanceof GenAiIOException) {
      return connection(root);
    }
    return StepError.of(
        ErrorCode.INTERNAL,
        "the model client failed unexpectedly",
        Map.of("fault", root.getClass().getSimpleName()));
  }

  private static StepError connection(Throwable root) {
    return StepError.of(
        ErrorCode.GEMINI_REQUEST_FAILED,
        "the exchange with the model API broke off",
        Map.of("fault", root.getClass().getSimpleName()));
  }

  private static StepError failed(String message) {
    return StepError.of(ErrorCode.GEMINI_REQUEST_FAILED, message);
  }

  private static Map<String, Object> details(GeminiErrorBody body) {
    var details = new LinkedHashMap<String, Object>();
    details.put("httpStatus", body.httpStatus());
    if (body.status() != null) {
      details.put("status", body.status());
    }
    return details;
  }
}
