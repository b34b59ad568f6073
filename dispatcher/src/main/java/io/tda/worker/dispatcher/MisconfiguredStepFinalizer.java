package io.tda.worker.dispatcher;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.FinalizeResult;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.flow.StepExecution;
import io.tda.worker.flow.StepOutcome;
import io.tda.worker.flow.Violation;
import io.tda.worker.id.StepKey;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.IngressEvent.CloudEventNoop;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.OutputEvent;
import io.tda.worker.store.Versioned;
import java.time.InstantSource;
import java.util.Optional;

/** Ends a READY step that can never run, without a claim. */
final class MisconfiguredStepFinalizer {
  private final FlowRunRepository runs;
  private final EventLogger log;
  private final InstantSource clock;

  MisconfiguredStepFinalizer(FlowRunRepository runs, EventLogger log, InstantSource clock) {
    this.runs = runs;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Moves the step from READY to FAILED.
   *
   * @return empty where the run has changed since it was seen: what was wrong with the step may be
   *     mended, so it has to be judged anew
   */
  Optional<EventOutcome> finish(
      Versioned<FlowRun> seen, FlowStep step, Violation reason, LogContext context) {
    var key = new StepKey(seen.value().id(), step.id());
    var error = StepError.of(ErrorCode.INVALID_STEP_INPUTS, reason);
    var about = context.withStep(step.id());
    return switch (commit(seen, key, error, about)) {
      case FinalizeResult.Finalized() -> {
        log.log(new OutputEvent.StepFailed(error), about);
        yield Optional.of(new EventOutcome.StepFailed(key, error));
      }
      case FinalizeResult.AlreadyFinal _ ->
          Optional.of(new EventOutcome.Noop(CloudEventNoop.Reason.ALREADY_FINAL));
      case FinalizeResult.RunEnded _, FinalizeResult.NotRunning _, FinalizeResult.Contended _ ->
          Optional.empty();
      case FinalizeResult.Superseded _ ->
          throw new IllegalStateException("a step without a lease cannot be superseded");
    };
  }

  private FinalizeResult commit(
      Versioned<FlowRun> seen, StepKey key, StepError error, LogContext about) {
    var now = clock.instant();
    var execution = new StepExecution(new StepExecution.Timing(now, now), null, null, null);
    try {
      return runs.finish(key, new StepOutcome.Failed(error, execution), null, seen.updateTime());
    } catch (StepException e) {
      log.log(new OutputEvent.FinalizeFailed(e.error()), about);
      throw e;
    }
  }
}
