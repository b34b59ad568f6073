package io.tda.worker.dispatcher;

import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.flow.RunRead;
import io.tda.worker.id.RunId;
import io.tda.worker.log.IngressEvent.CloudEventIgnored;
import io.tda.worker.log.IngressEvent.CloudEventNoop;
import io.tda.worker.log.LogContext;
import io.tda.worker.store.Versioned;
import io.tda.worker.time.Backoff;
import java.util.List;
import java.util.Optional;

/**
 * Brings a run forward as far as this worker can: claims and publishes, or ends what cannot run.
 * Contention is normal, since every dispatcher that sees the same document wants the same step: who
 * loses reads and selects again.
 *
 * <p>Faults are thrown as {@code StepException}; repeating is safe.
 */
final class RunDispatcher {
  private final FlowRunRepository runs;
  private final RunAttempt attempt;
  private final EarlierClaims earlier;
  private final int maxAttempts;
  private final StepClaimer.Surroundings surroundings;

  /**
   * @param maxAttempts tries before an event gives up, {@code CLAIM_MAX_ATTEMPTS}
   */
  RunDispatcher(
      FlowRunRepository runs,
      RunAttempt attempt,
      EarlierClaims earlier,
      int maxAttempts,
      StepClaimer.Surroundings surroundings) {
    this.runs = runs;
    this.attempt = attempt;
    this.earlier = earlier;
    this.maxAttempts = maxAttempts;
    this.surroundings = surroundings;
  }

  /**
   * Does what the run allows, without a read: if the run has changed since, the commit finds out.
   *
   * @param eventId the event that led here; it goes into the claims
   */
  EventOutcome dispatch(Versioned<FlowRun> seen, String eventId, LogContext context) {
    var outcome = attempt.make(seen, eventId, 1, context);
    for (int number = 2; number <= maxAttempts && outcome.isEmpty(); number++) {
      surroundings.sleeper().sleep(Backoff.CONFLICT.delay(number - 1, surroundings.random()));
      outcome = again(seen.value().id(), eventId, number, context);
    }
    return outcome.orElseGet(() -> new EventOutcome.Noop(CloudEventNoop.Reason.CLAIM_CONFLICT));
  }

  /** The same with a run that was just read: what the event has claimed before shows in it. */
  EventOutcome redispatch(Versioned<FlowRun> read, String eventId, LogContext context) {
    return earlier
        .republish(read.value(), eventId, context)
        .orElseGet(() -> dispatch(read, eventId, context));
  }

  private Optional<EventOutcome> again(
      RunId runId, String eventId, int number, LogContext context) {
    return switch (runs.read(runId)) {
      case RunRead.Found(var run) ->
          earlier
              .republish(run.value(), eventId, context)
              .or(() -> attempt.make(run, eventId, number, context));
      case RunRead.Missing() ->
          Optional.of(
              new EventOutcome.Ignored(CloudEventIgnored.Reason.FLOW_RUN_NOT_FOUND, List.of()));
      case RunRead.Invalid(var violations) ->
          Optional.of(
              new EventOutcome.Ignored(CloudEventIgnored.Reason.FLOW_RUN_INVALID, violations));
    };
  }
}
