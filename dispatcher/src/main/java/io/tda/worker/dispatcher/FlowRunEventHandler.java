package io.tda.worker.dispatcher;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunParser;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.flow.ReadyStepSelector;
import io.tda.worker.flow.RunRead;
import io.tda.worker.flow.Selection;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.IngressEvent.CloudEventFinished;
import io.tda.worker.log.IngressEvent.CloudEventIgnored;
import io.tda.worker.log.IngressEvent.CloudEventNoop;
import io.tda.worker.log.IngressEvent.CloudEventParsed;
import io.tda.worker.log.IngressEvent.CloudEventReceived;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.ServiceEvent.InternalError;
import io.tda.worker.log.TraceParent;
import io.tda.worker.store.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Handles one CloudEvent: from what the event says to claims that are published. Safe to repeat, in
 * any order, by many instances at once.
 */
public final class FlowRunEventHandler implements EventHandler {
  private final FlowRunRepository runs;
  private final ReadyStepSelector selector;
  private final RunDispatcher dispatcher;
  private final EventLogger log;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random makes a trace id for an event that comes without one
   */
  FlowRunEventHandler(
      FlowRunRepository runs,
      ReadyStepSelector selector,
      RunDispatcher dispatcher,
      EventLogger log,
      InstantSource clock,
      RandomGenerator random) {
    this.runs = runs;
    this.selector = selector;
    this.dispatcher = dispatcher;
    this.log = log;
    this.clock = clock;
    this.random = random;
  }

  /** An event that is about no run of ours is logged and done with. */
  @Override
  public EventOutcome handle(CloudEventParser.Result.Ignored event) {
    var context = LogContext.NONE.withEvent(event.eventId());
    var started = clock.instant();
    log.log(new CloudEventReceived(event.type(), event.subject()), context);
    return finished(new EventOutcome.Ignored(event.reason(), List.of()), started, context);
  }

  /** A fault or a bug becomes a redelivery. */
  @Override
  public EventOutcome handle(CloudEventParser.Result.Changed changed) {
    var event = changed.event();
    var context =
        LogContext.NONE
            .withEvent(event.id())
            .withRun(event.runId())
            .withTrace(TraceParent.orNew(event.traceparent(), random));
    var started = clock.instant();
    log.log(new CloudEventReceived(changed.type(), changed.subject()), context);
    EventOutcome outcome;
    try {
      outcome = dispatch(event, context);
    } catch (StepException e) {
      outcome = new EventOutcome.Redeliver(e.error());
    } catch (RuntimeException e) {
      log.log(InternalError.of(e), context);
      outcome = new EventOutcome.Redeliver(StepError.of(ErrorCode.INTERNAL, "unexpected error"));
    }
    return finished(outcome, started, context);
  }

  private EventOutcome dispatch(FlowRunEvent event, LogContext context) {
    var seen = run(event);
    if (seen == null) {
      return read(event, context);
    }
    if (!isWork(selector.select(seen.value()))) {
      return new EventOutcome.Noop(CloudEventNoop.Reason.PREFILTERED);
    }
    // What the event carries is as good as a read: if it is out of date, the commit finds that out.
    log.log(CloudEventParsed.found(seen.value()), context);
    return dispatcher.dispatch(seen, event.id(), labelled(context, seen.value()));
  }

  private EventOutcome read(FlowRunEvent event, LogContext context) {
    return switch (runs.read(event.runId())) {
      case RunRead.Found(var run) -> {
        log.log(CloudEventParsed.found(run.value()), context);
        yield dispatcher.redispatch(run, event.id(), labelled(context, run.value()));
      }
      case RunRead.Missing() -> {
        log.log(CloudEventParsed.missing(), context);
        yield new EventOutcome.Ignored(CloudEventIgnored.Reason.FLOW_RUN_NOT_FOUND, List.of());
      }
      case RunRead.Invalid(var violations) ->
          new EventOutcome.Ignored(CloudEventIgnored.Reason.FLOW_RUN_INVALID, violations);
    };
  }

  /** The run as the event carries it; null where it carries none that can be judged. */
  private static @Nullable Versioned<FlowRun> run(FlowRunEvent event) {
    var snapshot = event.snapshot();
    return snapshot != null
            && FlowRunParser.parse(event.runId(), snapshot.data())
                instanceof FlowRunParser.Result.Parsed(var run)
        ? new Versioned<>(run, snapshot.updateTime())
        : null;
  }

  private static boolean isWork(Selection selection) {
    return switch (selection) {
      case Selection.Selected _, Selection.Misconfigured _ -> true;
      case Selection.NoReadyStep _, Selection.DependencyNotSucceeded _, Selection.RunNotRunning _ ->
          false;
    };
  }

  private static LogContext labelled(LogContext context, FlowRun run) {
    return context.withLabels(
        new LogContext.Labels(run.flowKey(), null, run.symbol(), context.labels().traceparent()));
  }

  private EventOutcome finished(EventOutcome outcome, Instant started, LogContext context) {
    var status =
        switch (outcome) {
          case EventOutcome.Noop(var reason) -> {
            log.log(new CloudEventNoop(reason), context);
            yield CloudEventFinished.Status.NOOP;
          }
          case EventOutcome.Ignored(var reason, var violations) -> {
            log.log(new CloudEventIgnored(reason, violations), context);
            yield CloudEventFinished.Status.NOOP;
          }
          case EventOutcome.Dispatched _, EventOutcome.StepFailed _ -> CloudEventFinished.Status.OK;
          case EventOutcome.Redeliver _ -> CloudEventFinished.Status.FAILED;
        };
    log.log(new CloudEventFinished(status, Duration.between(started, clock.instant())), context);
    return outcome;
  }
}
