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
import io.tda.worker.log.LogEvent;
import io.tda.worker.message.StepClaimed;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Publishes claims and says so in the log. */
final class ClaimPublisher {
  private final StepPublisher publisher;
  private final EventLogger log;

  ClaimPublisher(StepPublisher publisher, EventLogger log) {
    this.publisher = publisher;
    this.log = log;
  }

  /**
   * Publishes claims that were just made. All are tried; a failure of any asks for a redelivery.
   */
  EventOutcome publish(FlowRun run, List<Claim> claims, LogContext context) {
    return publish(run, claims, context, StepClaimedPublished::new);
  }

  /** Publishes claims whose messages may be lost. A duplicate does no harm. */
  EventOutcome republish(FlowRun run, List<Claim> claims, LogContext context) {
    return publish(run, claims, context, StepClaimedRepublished::new);
  }

  private EventOutcome publish(
      FlowRun run,
      List<Claim> claims,
      LogContext context,
      BiFunction<String, String, LogEvent> published) {
    @Nullable StepError failure = null;
    for (var claim : claims) {
      var about = context.withStep(claim.step().stepId()).withClaim(claim.id());
      switch (publisher.publish(message(run, claim), context.labels().traceparent())) {
        case Published(var messageId, var orderingKey) ->
            log.log(published.apply(messageId, orderingKey), about);
        case NotPublished(var error) -> {
          log.log(new StepClaimedPublishFailed(error), about);
          failure = error;
        }
      }
    }
    return failure == null
        ? new EventOutcome.Dispatched(claims)
        : new EventOutcome.Redeliver(failure);
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
