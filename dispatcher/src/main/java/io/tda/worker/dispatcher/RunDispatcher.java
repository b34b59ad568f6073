package io.tda.worker.dispatcher;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.FinalizeResult;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.RunRead;
import io.tda.worker.flow.Selection;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepExecution;
import io.tda.worker.flow.StepFinalizer;
import io.tda.worker.flow.StepOutcome;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.id.StepKey;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.lease.StepLease;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.IngressEvent.CloudEventIgnored;
import io.tda.worker.log.IngressEvent.CloudEventNoop;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.OutputEvent;
import io.tda.worker.store.Versioned;
import java.time.InstantSource;
import java.util.List;

/**
 * Brings a run forward as far as this worker can: claims and publishes, or ends what cannot run.
 */
public final class RunDispatcher {
  private final StepClaimer claimer;
  private final ClaimPublisher publisher;
  private final LeaseRepository leases;
  private final StepFinalizer finalizer;
  private final EventLogger log;
  private final InstantSource clock;

  public RunDispatcher(
      StepClaimer claimer,
      ClaimPublisher publisher,
      LeaseRepository leases,
      StepFinalizer finalizer,
      EventLogger log,
      InstantSource clock) {
    this.claimer = claimer;
    this.publisher = publisher;
    this.leases = leases;
    this.finalizer = finalizer;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Does what the run allows. Faults are thrown as {@code StepException}; repeating is safe.
   *
   * @param eventId the event that led here; a repetition under the same id publishes again what it
   *     claimed before
   */
  public EventOutcome dispatch(Versioned<FlowRun> seen, String eventId, LogContext context) {
    return switch (claimer.claim(seen, eventId, context)) {
      case StepClaimer.Result.Claimed(var run, var claims) ->
          publisher
              .publish(run, claims, context)
              .<EventOutcome>map(EventOutcome.Redeliver::new)
              .orElseGet(() -> new EventOutcome.Dispatched(claims));
      case StepClaimer.Result.Misconfigured(var run, var step, var reason) ->
          fail(run, step, StepError.of(ErrorCode.INVALID_STEP_INPUTS, reason), context);
      case StepClaimer.Result.Nothing(var run, var why) -> nothing(run, why, eventId, context);
      case StepClaimer.Result.Gone(var read) -> gone(read);
      case StepClaimer.Result.Conflict() ->
          new EventOutcome.Noop(CloudEventNoop.Reason.CLAIM_CONFLICT);
    };
  }

  /**
   * Nothing is free, but an earlier delivery of this very event may have died before it published.
   */
  private EventOutcome nothing(FlowRun run, Selection why, String eventId, LogContext context) {
    var unpublished = claimsOf(eventId, run);
    if (unpublished.isEmpty()) {
      return new EventOutcome.Noop(reason(why));
    }
    return publisher
        .republish(run, unpublished, context)
        .<EventOutcome>map(EventOutcome.Redeliver::new)
        .orElseGet(() -> new EventOutcome.Dispatched(unpublished));
  }

  private List<Claim> claimsOf(String eventId, FlowRun run) {
    var running =
        run.steps().values().stream()
            .filter(step -> step.status() == StepStatus.RUNNING && step.isExecutable())
            .map(step -> new StepKey(run.id(), step.id()))
            .toList();
    if (running.isEmpty()) {
      return List.of();
    }
    return leases.find(running).stream()
        .map(Versioned::value)
        .filter(lease -> lease.holder() instanceof StepLease.Holder.Queue)
        .map(StepLease::claim)
        .filter(claim -> claim.eventId().equals(eventId))
        .toList();
  }

  private EventOutcome fail(
      Versioned<FlowRun> run, FlowStep step, StepError error, LogContext context) {
    var now = clock.instant();
    var key = new StepKey(run.value().id(), step.id());
    var execution = new StepExecution(new StepExecution.Timing(now, now), null, null, null);
    var result =
        finalizer.finish(key, new StepOutcome.Failed(error, execution), null, run.updateTime());
    return switch (result) {
      case FinalizeResult.Finalized() -> {
        log.log(new OutputEvent.StepFailed(error), context.withStep(step.id()));
        yield new EventOutcome.StepFailed(key, error);
      }
      case FinalizeResult.AlreadyFinal _, FinalizeResult.NotRunning _ ->
          new EventOutcome.Noop(CloudEventNoop.Reason.ALREADY_FINAL);
      case FinalizeResult.RunEnded _ ->
          new EventOutcome.Noop(CloudEventNoop.Reason.RUN_NOT_RUNNING);
      case FinalizeResult.Superseded _ ->
          throw new IllegalStateException("a step without a lease cannot be superseded");
      case FinalizeResult.Contended _ ->
          new EventOutcome.Noop(CloudEventNoop.Reason.CLAIM_CONFLICT);
    };
  }

  private static EventOutcome gone(RunRead read) {
    return switch (read) {
      case RunRead.Invalid(var violations) ->
          new EventOutcome.Ignored(CloudEventIgnored.Reason.FLOW_RUN_INVALID, violations);
      case RunRead.Missing _, RunRead.Found _ ->
          new EventOutcome.Ignored(CloudEventIgnored.Reason.FLOW_RUN_NOT_FOUND, List.of());
    };
  }

  private static CloudEventNoop.Reason reason(Selection why) {
    return switch (why) {
      case Selection.RunNotRunning _ -> CloudEventNoop.Reason.RUN_NOT_RUNNING;
      case Selection.DependencyNotSucceeded _ -> CloudEventNoop.Reason.DEPENDENCY_NOT_SUCCEEDED;
      case Selection.NoReadyStep _ -> CloudEventNoop.Reason.NO_READY_STEP;
      case Selection.Selected _, Selection.Misconfigured _ ->
          throw new IllegalStateException("that is work");
    };
  }
}
