package io.tda.worker.log;

import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.RunStatus;
import io.tda.worker.flow.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the dispatcher says of one CloudEvent. */
public sealed interface IngressEvent extends LogEvent {

  /** A CloudEvent has arrived. */
  record CloudEventReceived(String eventType, String subject) implements IngressEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("eventType", eventType).with("subject", subject).map();
    }
  }

  /**
   * The event is not about a run that can be worked on.
   *
   * @param violations what is wrong with the run document; empty for the other reasons
   */
  record CloudEventIgnored(CloudEventIgnored.Reason reason, List<Violation> violations)
      implements IngressEvent {
    private static final int MAX_VIOLATIONS = 20;

    public CloudEventIgnored {
      violations = List.copyOf(violations);
    }

    /** The event is ignored for a reason that needs no more words. */
    public static CloudEventIgnored because(CloudEventIgnored.Reason reason) {
      return new CloudEventIgnored(reason, List.of());
    }

    /** Why an event is ignored. */
    public enum Reason {
      EVENT_TYPE_FILTERED,
      INVALID_SUBJECT,
      FLOW_RUN_NOT_FOUND,
      FLOW_RUN_INVALID
    }

    @Override
    public Map<String, Object> fields() {
      var places = violations.stream().limit(MAX_VIOLATIONS).map(Violation::toString).toList();
      return Fields.of("reason", reason).with("violations", places.isEmpty() ? null : places).map();
    }
  }

  /**
   * The run was looked up.
   *
   * @param flowRunStatus null where there is no run
   * @param flowRunSteps all steps, in the order of their ids
   */
  record CloudEventParsed(
      boolean flowRunFound, @Nullable RunStatus flowRunStatus, List<FlowStep> flowRunSteps)
      implements IngressEvent {
    public CloudEventParsed {
      flowRunSteps = List.copyOf(flowRunSteps);
    }

    /** The run was found. */
    public static CloudEventParsed found(FlowRun run) {
      return new CloudEventParsed(true, run.status(), List.copyOf(run.steps().values()));
    }

    /** There is no such run. */
    public static CloudEventParsed missing() {
      return new CloudEventParsed(false, null, List.of());
    }

    @Override
    public Map<String, Object> fields() {
      return Fields.of("flowRunFound", flowRunFound)
          .with("flowRunStatus", flowRunStatus == null ? null : flowRunStatus.name())
          .with("flowRunSteps", flowRunSteps.stream().map(CloudEventParsed::outline).toList())
          .map();
    }

    /** A step without its inputs and outputs. */
    private static Map<String, Object> outline(FlowStep step) {
      var dependsOn =
          switch (step.dependencies()) {
            case FlowStep.Dependencies.Named named -> named.stepIds();
            case FlowStep.Dependencies.Malformed _ -> null;
          };
      return Fields.of("id", step.id().value())
          .with("stepType", step.stepType())
          .with("status", step.status().name())
          .with("dependsOn", dependsOn)
          .map();
    }
  }

  /** There is nothing to do. */
  record CloudEventNoop(CloudEventNoop.Reason reason) implements IngressEvent {
    /** Why there is nothing to do. */
    public enum Reason {
      NO_READY_STEP,
      DEPENDENCY_NOT_SUCCEEDED,
      RUN_NOT_RUNNING,
      CLAIM_CONFLICT,
      ALREADY_FINAL,
      /** The event's own body already showed it: nothing was read. */
      PREFILTERED
    }

    @Override
    public Map<String, Object> fields() {
      return Fields.of("reason", reason).map();
    }
  }

  /** The event is answered. */
  record CloudEventFinished(Status status, Duration duration) implements IngressEvent {
    /** How it ended; a failed event is redelivered. */
    public enum Status {
      NOOP,
      OK,
      FAILED
    }

    @Override
    public Map<String, Object> fields() {
      return Fields.of("status", status).with("durationMs", duration).map();
    }
  }

  @Override
  default String name() {
    return switch (this) {
      case CloudEventReceived _ -> "cloud_event_received";
      case CloudEventIgnored _ -> "cloud_event_ignored";
      case CloudEventParsed _ -> "cloud_event_parsed";
      case CloudEventNoop _ -> "cloud_event_noop";
      case CloudEventFinished _ -> "cloud_event_finished";
    };
  }

  @Override
  default Severity severity() {
    return switch (this) {
      case CloudEventReceived _, CloudEventParsed _, CloudEventNoop _ -> Severity.INFO;
      // Nobody repeats a broken run: its owner has to mend it.
      case CloudEventIgnored ignored ->
          ignored.reason() == CloudEventIgnored.Reason.FLOW_RUN_INVALID
              ? Severity.ERROR
              : Severity.INFO;
      case CloudEventFinished finished ->
          finished.status() == CloudEventFinished.Status.FAILED ? Severity.WARNING : Severity.INFO;
    };
  }
}
