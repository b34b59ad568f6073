package io.tda.worker.adapter.telemetry;

import io.tda.worker.log.ClaimEvent;
import io.tda.worker.log.ContextEvent;
import io.tda.worker.log.DeliveryEvent;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.IngressEvent;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.LogEvent;
import io.tda.worker.log.ModelEvent;
import io.tda.worker.log.OutputEvent;
import io.tda.worker.log.ProfileEvent;
import io.tda.worker.log.RecoveryEvent;
import io.tda.worker.log.ServiceEvent;
import java.util.Locale;

/**
 * Counts what the log says, so that metrics and log cannot disagree. A new kind of event does not
 * compile until it is decided here whether it counts.
 */
final class MeteringEventLogger implements EventLogger {
  private final EventLogger next;
  private final Metrics metrics;

  MeteringEventLogger(EventLogger next, Metrics metrics) {
    this.next = next;
    this.metrics = metrics;
  }

  @Override
  public void log(LogEvent event, LogContext context) {
    next.log(event, context);
    switch (event) {
      case IngressEvent ingress -> count(ingress);
      case ClaimEvent claim -> count(claim);
      case RecoveryEvent recovery -> count(recovery);
      case ModelEvent model -> count(model);
      case OutputEvent output -> count(output);
      case DeliveryEvent _, ContextEvent _, ProfileEvent _, ServiceEvent _ -> {}
    }
  }

  private void count(IngressEvent event) {
    switch (event) {
      case IngressEvent.CloudEventFinished finished ->
          metrics.eventAnswered(finished.status().name().toLowerCase(Locale.ROOT));
      case IngressEvent.CloudEventReceived _,
          IngressEvent.CloudEventIgnored _,
          IngressEvent.CloudEventParsed _,
          IngressEvent.CloudEventNoop _ -> {}
    }
  }

  private void count(ClaimEvent event) {
    switch (event) {
      case ClaimEvent.ClaimAttempt(_, var reason, _) -> {
        if (reason == ClaimEvent.ClaimAttempt.Reason.PRECONDITION_FAILED) {
          metrics.claimConflict();
        }
      }
      case ClaimEvent.ReadyStepSelected _,
          ClaimEvent.StepClaimedPublished _,
          ClaimEvent.StepClaimedPublishFailed _,
          ClaimEvent.StepClaimedRepublished _ -> {}
    }
  }

  private void count(RecoveryEvent event) {
    switch (event) {
      case RecoveryEvent.ClaimDeadLettered _ -> metrics.deadLetter();
      case RecoveryEvent.StepReclaimed _ -> metrics.reclaimed();
      case RecoveryEvent.SweepStarted _,
          RecoveryEvent.SweepFinished _,
          RecoveryEvent.ReconcileStarted _,
          RecoveryEvent.ReconcileFinished _,
          RecoveryEvent.LeaseMissing _,
          RecoveryEvent.RecoveryFailed _ -> {}
    }
  }

  private void count(ModelEvent event) {
    switch (event) {
      case ModelEvent.LlmRequestFinished(var model, _, _, var usage, var duration) ->
          metrics.modelCalled(model, duration, usage);
      case ModelEvent.StructuredOutputRepairAttemptFinished(var ok) -> metrics.repaired(ok);
      case ModelEvent.LlmRequestStarted _,
          ModelEvent.ModelRetryScheduled _,
          ModelEvent.StructuredOutputInvalid _,
          ModelEvent.StructuredOutputRepairAttemptStarted _,
          ModelEvent.RawOutputQuarantined _,
          ModelEvent.RawOutputNotQuarantined _ -> {}
    }
  }

  private void count(OutputEvent event) {
    switch (event) {
      case OutputEvent.StepCompleted(_, var duration, var model) ->
          metrics.stepSucceeded(duration, model);
      case OutputEvent.StepFailed(var error, var model) ->
          metrics.stepFailed(error.code().name(), model);
      case OutputEvent.GcsWriteStarted _,
          OutputEvent.GcsWriteFinished _,
          OutputEvent.OrphanReportObject _,
          OutputEvent.StepRetryScheduled _,
          OutputEvent.FinalizeFailed _,
          OutputEvent.PushFinished _ -> {}
    }
  }
}
