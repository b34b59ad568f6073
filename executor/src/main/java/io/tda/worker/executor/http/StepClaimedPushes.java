package io.tda.worker.executor.http;

import io.tda.worker.adapter.http.Answer;
import io.tda.worker.adapter.http.HttpCall;
import io.tda.worker.adapter.http.PostHandler;
import io.tda.worker.executor.DeliveryHandler;
import io.tda.worker.executor.DeliveryOutcome;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.OutputEvent.PushFinished;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.message.StepClaimedJson;
import io.tda.worker.time.Cancellation;

/**
 * {@code POST /push/step-claimed}: one claim, as Pub/Sub pushes it. What is no claim is answered
 * 400, so that it ends among the dead letters, where it can be looked at.
 */
public final class StepClaimedPushes implements PostHandler {
  /** Where the subscription pushes to. */
  public static final String PATH = "/push/step-claimed";

  private final DeliveryHandler executor;
  private final Cancellation shutdown;
  private final EventLogger log;

  /**
   * @param shutdown hands steps back early, for another instance
   */
  public StepClaimedPushes(DeliveryHandler executor, Cancellation shutdown, EventLogger log) {
    this.executor = executor;
    this.shutdown = shutdown;
    this.log = log;
  }

  @Override
  public Answer handle(HttpCall call) {
    return switch (PushEnvelope.parse(call.body())) {
      case PushEnvelope.Result.Parsed(var envelope) -> handle(envelope);
      case PushEnvelope.Result.NotAnEnvelope() -> finished(Answer.BAD_REQUEST, LogContext.NONE);
    };
  }

  private Answer handle(PushEnvelope envelope) {
    var context = envelope.context();
    return switch (StepClaimedJson.parse(envelope.data())) {
      case StepClaimedJson.Result.Parsed(var message) -> {
        var outcome = executor.execute(message, envelope.delivery(), shutdown);
        yield finished(answer(outcome), about(context, message));
      }
      case StepClaimedJson.Result.Invalid _ -> finished(Answer.BAD_REQUEST, context);
    };
  }

  private static Answer answer(DeliveryOutcome outcome) {
    return switch (outcome) {
      case DeliveryOutcome.Finished _, DeliveryOutcome.Stale _, DeliveryOutcome.Cancelled _ ->
          Answer.DONE;
      case DeliveryOutcome.InProgress _ -> Answer.IN_PROGRESS;
      case DeliveryOutcome.Retry _ -> Answer.COME_AGAIN;
    };
  }

  private Answer finished(Answer answer, LogContext context) {
    log.log(new PushFinished(answer.status()), context);
    return answer;
  }

  private static LogContext about(LogContext context, StepClaimed message) {
    var claim = message.claim();
    return context
        .withEvent(claim.eventId())
        .withRun(claim.step().runId())
        .withStep(claim.step().stepId())
        .withClaim(claim.id());
  }
}
