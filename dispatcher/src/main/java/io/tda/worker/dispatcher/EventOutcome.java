package io.tda.worker.dispatcher;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.Violation;
import io.tda.worker.id.StepKey;
import io.tda.worker.log.IngressEvent.CloudEventIgnored;
import io.tda.worker.log.IngressEvent.CloudEventNoop;
import java.util.List;

/** How the handling of an event ended. */
public sealed interface EventOutcome {

  /** These claims are published; made now, or by an earlier delivery of the same event. */
  record Dispatched(List<Claim> claims) implements EventOutcome {
    public Dispatched {
      claims = List.copyOf(claims);
    }
  }

  /** A step that can never run was ended. */
  record StepFailed(StepKey step, StepError error) implements EventOutcome {}

  /** There was nothing to do. */
  record Noop(CloudEventNoop.Reason reason) implements EventOutcome {}

  /**
   * The event is about nothing that can be worked on.
   *
   * @param violations what is wrong with the run; empty for other reasons
   */
  record Ignored(CloudEventIgnored.Reason reason, List<Violation> violations)
      implements EventOutcome {
    public Ignored {
      violations = List.copyOf(violations);
    }
  }

  /** Something outside failed: the event has to come again. */
  record Redeliver(StepError error) implements EventOutcome {}
}
