package io.tda.worker.executor;

import io.tda.worker.flow.StepOutcome;
import io.tda.worker.json.Sha256;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.RecoveryEvent.ClaimDeadLettered;
import io.tda.worker.log.RecoveryEvent.ClaimDeadLettered.Outcome;
import io.tda.worker.log.RecoveryEvent.ClaimDeadLettered.Payload;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.message.StepClaimedJson;
import io.tda.worker.time.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * Takes what used up its deliveries, and ends the step it is about. That is one last delivery, on
 * which no model is called: the lease is acquired like on any other, so an executor that is still
 * at work is never cut off.
 */
public final class DeadLetterHandler {
  private final DeliveryHandler lastDelivery;
  private final EventLogger log;

  /**
   * @param lastDelivery ends steps without a call of the model
   */
  DeadLetterHandler(DeliveryHandler lastDelivery, EventLogger log) {
    this.lastDelivery = lastDelivery;
    this.log = log;
  }

  /** Handles the data of a message. Never throws; safe to repeat. */
  public DeadLetterOutcome handle(byte[] data, Delivery delivery, Cancellation shutdown) {
    return switch (StepClaimedJson.parse(data)) {
      case StepClaimedJson.Result.Parsed(var message) -> handle(message, delivery, shutdown);
      case StepClaimedJson.Result.Invalid _ ->
          settled(
              Outcome.UNREADABLE,
              new Payload(data.length, Sha256.hex(data)),
              LogContext.NONE.withMessage(delivery.messageId()));
    };
  }

  /** Handles a message that was read. Never throws; safe to repeat. */
  public DeadLetterOutcome handle(StepClaimed message, Delivery delivery, Cancellation shutdown) {
    var context = StepExecutor.context(message, delivery);
    return switch (lastDelivery.execute(message, delivery, shutdown)) {
      case DeliveryOutcome.Finished(_, var outcome) ->
          settled(
              switch (outcome) {
                case StepOutcome.Failed _ -> Outcome.FAILED;
                case StepOutcome.Succeeded _ -> Outcome.SUCCEEDED;
              },
              null,
              context);
      case DeliveryOutcome.Stale _, DeliveryOutcome.Cancelled _ ->
          settled(Outcome.STALE, null, context);
      case DeliveryOutcome.InProgress() -> new DeadLetterOutcome.InProgress();
      case DeliveryOutcome.Retry(var error) -> new DeadLetterOutcome.Retry(error);
    };
  }

  private DeadLetterOutcome settled(
      Outcome outcome, @Nullable Payload payload, LogContext context) {
    log.log(new ClaimDeadLettered(outcome, payload), context);
    return new DeadLetterOutcome.Settled(outcome);
  }
}
