package io.tda.worker.dispatcher;

import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.flow.RunRead;
import io.tda.worker.flow.StepException;
import io.tda.worker.id.ClaimIds;
import io.tda.worker.id.RunId;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.IngressEvent.CloudEventIgnored;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.RecoveryEvent.ReconcileFinished;
import io.tda.worker.log.RecoveryEvent.ReconcileStarted;
import io.tda.worker.log.RecoveryEvent.RecoveryFailed;
import io.tda.worker.log.ServiceEvent.InternalError;
import io.tda.worker.store.Versioned;
import java.time.Duration;
import java.time.Instant;

/**
 * Finds READY steps whose event was lost, and RUNNING ones whose lease is: looks at every running
 * run as if an event had told of it. Safe to run many times at once, and beside the events.
 */
public final class Reconcile {
  private static final int PAGE = 100;

  private final FlowRunRepository runs;
  private final RunDispatcher dispatcher;
  private final LostLeases lostLeases;
  private final ReconcileScope scope;
  private final StepClaimer.Surroundings surroundings;
  private final EventLogger log;

  Reconcile(
      FlowRunRepository runs,
      RunDispatcher dispatcher,
      LostLeases lostLeases,
      ReconcileScope scope,
      StepClaimer.Surroundings surroundings,
      EventLogger log) {
    this.runs = runs;
    this.dispatcher = dispatcher;
    this.lostLeases = lostLeases;
    this.scope = scope;
    this.surroundings = surroundings;
    this.log = log;
  }

  /**
   * Looks at the running runs, in the order of their ids, from where the last reconcile stopped.
   * Never throws.
   *
   * @param limit no further run is looked at once so much time has passed
   */
  public ReconcileResult run(Duration limit) {
    log.log(new ReconcileStarted(), LogContext.NONE);
    var pass = new Pass(surroundings.clock().instant().plus(limit));
    try {
      pass.all();
    } catch (StepException e) {
      log.log(new RecoveryFailed(e.error()), LogContext.NONE);
      pass.complete = false;
    } catch (RuntimeException e) {
      log.log(InternalError.of(e), LogContext.NONE);
      pass.complete = false;
    }
    var result = new ReconcileResult(pass.looked, pass.claimed, pass.complete);
    log.log(
        new ReconcileFinished(result.runs(), result.claimed(), result.complete()), LogContext.NONE);
    return result;
  }

  /** One run of the reconcile. */
  private final class Pass {
    private final Instant end;
    // The claims' event: one that no other has, so that nothing of another's is published again.
    private final String eventId =
        "reconcile-" + new ClaimIds(surroundings.clock(), surroundings.random()).next().value();
    private int looked;
    private int claimed;
    private boolean complete = true;

    Pass(Instant end) {
      this.end = end;
    }

    void all() {
      var started = scope.cursor().load().orElse(null);
      var last = started;
      boolean more = true;
      while (more) {
        var page = runs.running(last, PAGE);
        more = page.size() == PAGE;
        for (var id : page) {
          if (!surroundings.clock().instant().isBefore(end)) {
            complete = false;
            scope.cursor().save(last);
            return;
          }
          look(id);
          last = id;
        }
      }
      if (started != null) {
        scope.cursor().save(null);
      }
    }

    private void look(RunId id) {
      var context = LogContext.NONE.withEvent(eventId).withRun(id);
      if (!scope.runIds().accepts(id)) {
        log.log(CloudEventIgnored.because(CloudEventIgnored.Reason.INVALID_SUBJECT), context);
        return;
      }
      looked++;
      try {
        switch (runs.read(id)) {
          case RunRead.Found(var run) -> dispatch(run, context);
          case RunRead.Missing() -> {
            // Deleted since the page was read.
          }
          case RunRead.Invalid(var violations) ->
              log.log(
                  new CloudEventIgnored(CloudEventIgnored.Reason.FLOW_RUN_INVALID, violations),
                  context);
        }
      } catch (StepException e) {
        log.log(new RecoveryFailed(e.error()), context);
        complete = false;
      } catch (RuntimeException e) {
        // One run that meets a bug must not keep the others waiting.
        log.log(InternalError.of(e), context);
        complete = false;
      }
    }

    private void dispatch(Versioned<FlowRun> run, LogContext context) {
      var labels = new LogContext.Labels(run.value().flowKey(), null, run.value().symbol(), null);
      var about = context.withLabels(labels);
      // Not both in one pass: the adoption changes the run, and so brings an event of its own.
      var outcome =
          lostLeases
              .adopt(run, eventId, about)
              .orElseGet(() -> dispatcher.dispatch(run, eventId, about));
      switch (outcome) {
        case EventOutcome.Dispatched(var claims) -> claimed += claims.size();
        case EventOutcome.Redeliver(var error) -> {
          // The claim is made; the sweep publishes what could not be.
          log.log(new RecoveryFailed(error), context);
          complete = false;
        }
        case EventOutcome.StepFailed _, EventOutcome.Noop _, EventOutcome.Ignored _ -> {
          // Done, or nothing to do.
        }
      }
    }
  }
}
