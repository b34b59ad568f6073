package io.tda.worker.dispatcher;

import io.tda.worker.dispatcher.StepPublisher.PublishResult.NotPublished;
import io.tda.worker.dispatcher.StepPublisher.PublishResult.Published;
import io.tda.worker.flow.Claim;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.StepError;
import io.tda.worker.id.Timeframe;
import io.tda.worker.log.ClaimEvent.StepClaimedPublishFailed;
import io.tda.worker.log.ClaimEvent.StepClaimedPublished;
import io.tda.worker.log.ClaimEvent.StepClaimedRepublished;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.message.StepClaimed;
import java.util.List;
import java.util.Optional;

/** Publishes claims and says so in the log. */
public final class ClaimPublisher {
  private final StepPublisher publisher;
  private final EventLogger log;

  public ClaimPublisher(StepPublisher publisher, EventLogger log) {
    this.publisher = publisher;
    this.log = log;
  }

  /** Publishes claims that were just made. All are tried; the last failure is returned. */
  public Optional<StepError> publish(FlowRun run, List<Claim> claims, LogContext context) {
    return publish(run, claims, context, false);
  }

  /** Publishes claims whose messages may be lost. A duplicate does no harm. */
  public Optional<StepError> republish(FlowRun run, List<Claim> claims, LogContext context) {
    return publish(run, claims, context, true);
  }

  private Optional<StepError> publish(
      FlowRun run, List<Claim> claims, LogContext context, boolean again) {
    Optional<StepError> failure = Optional.empty();
    for (var claim : claims) {
      var about = context.withStep(claim.step().stepId()).withClaim(claim.id());
      switch (publisher.publish(message(run, claim), context.labels().traceparent())) {
        case Published(var messageId, var orderingKey) ->
            log.log(
                again
                    ? new StepClaimedRepublished(messageId, orderingKey)
                    : new StepClaimedPublished(messageId, orderingKey),
                about);
        case NotPublished(var error) -> {
          log.log(new StepClaimedPublishFailed(error), about);
          failure = Optional.of(error);
        }
      }
    }
    return failure;
  }

  private static StepClaimed message(FlowRun run, Claim claim) {
    var timeframe =
        run.step(claim.step().stepId())
            .map(FlowStep::fields)
            .map(fields -> fields.get("timeframe"))
            .filter(String.class::isInstance)
            .flatMap(text -> Timeframe.parse((String) text))
            .map(Timeframe::value)
            .orElse(null);
    return new StepClaimed(claim, timeframe, run.flowKey());
  }
}
