package io.tda.worker.log;

import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import org.jspecify.annotations.Nullable;

/** What a log line is about, as far as it is known yet. Each {@code with…} returns a copy. */
public record LogContext(
    @Nullable String eventId,
    @Nullable String messageId,
    @Nullable RunId runId,
    @Nullable StepId stepId,
    @Nullable ClaimId claimId,
    Labels labels) {
  /** Nothing known yet. */
  public static final LogContext NONE =
      new LogContext(null, null, null, null, null, new Labels(null, null, null, null));

  /**
   * What makes a line easier to find.
   *
   * @param traceparent W3C trace context of the request, the source of the trace fields
   */
  public record Labels(
      @Nullable String flowKey,
      @Nullable String timeframe,
      @Nullable String symbol,
      @Nullable String traceparent) {}

  public LogContext withEvent(String id) {
    return new LogContext(id, messageId, runId, stepId, claimId, labels);
  }

  public LogContext withMessage(String id) {
    return new LogContext(eventId, id, runId, stepId, claimId, labels);
  }

  public LogContext withRun(RunId id) {
    return new LogContext(eventId, messageId, id, stepId, claimId, labels);
  }

  public LogContext withStep(StepId id) {
    return new LogContext(eventId, messageId, runId, id, claimId, labels);
  }

  public LogContext withClaim(ClaimId id) {
    return new LogContext(eventId, messageId, runId, stepId, id, labels);
  }

  /** The same in another trace, or at another place in it. */
  public LogContext withTrace(String traceparent) {
    return withLabels(
        new Labels(labels.flowKey(), labels.timeframe(), labels.symbol(), traceparent));
  }

  public LogContext withLabels(Labels more) {
    return new LogContext(eventId, messageId, runId, stepId, claimId, more);
  }
}
