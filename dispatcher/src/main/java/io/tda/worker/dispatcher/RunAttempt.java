package io.tda.worker.dispatcher;

import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.ReadyStepSelector;
import io.tda.worker.flow.Selection;
import io.tda.worker.log.IngressEvent.CloudEventNoop;
import io.tda.worker.log.LogContext;
import io.tda.worker.store.Versioned;
import java.util.Optional;

/** One try to bring a run forward: selects, and does what the selection asks for. */
final class RunAttempt {
  private final ReadyStepSelector selector;
  private final StepClaimer claimer;
  private final ClaimPublisher publisher;
  private final MisconfiguredStepFinalizer finalizer;

  RunAttempt(
      ReadyStepSelector selector,
      StepClaimer claimer,
      ClaimPublisher publisher,
      MisconfiguredStepFinalizer finalizer) {
    this.selector = selector;
    this.claimer = claimer;
    this.publisher = publisher;
    this.finalizer = finalizer;
  }

  /**
   * Makes the try.
   *
   * @param number 1 for the first try of an event
   * @return empty where the run is no longer the one that was seen; nothing was done then
   */
  Optional<EventOutcome> make(
      Versioned<FlowRun> seen, String eventId, int number, LogContext context) {
    return switch (selector.select(seen.value())) {
      case Selection.Selected(var steps) ->
          claimer
              .claim(seen, steps, new StepClaimer.Try(eventId, number), context)
              .map(claims -> publisher.publish(seen.value(), claims, context));
      case Selection.Misconfigured(var step, var reason) ->
          finalizer.finish(seen, step, reason, context);
      case Selection.RunNotRunning _ -> noop(CloudEventNoop.Reason.RUN_NOT_RUNNING);
      case Selection.DependencyNotSucceeded _ ->
          noop(CloudEventNoop.Reason.DEPENDENCY_NOT_SUCCEEDED);
      case Selection.NoReadyStep _ -> noop(CloudEventNoop.Reason.NO_READY_STEP);
    };
  }

  private static Optional<EventOutcome> noop(CloudEventNoop.Reason reason) {
    return Optional.of(new EventOutcome.Noop(reason));
  }
}
