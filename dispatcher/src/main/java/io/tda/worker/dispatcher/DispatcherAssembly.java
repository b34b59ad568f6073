package io.tda.worker.dispatcher;

import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.flow.ReadyStepSelector;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.log.EventLogger;

/**
 * Puts the dispatcher's parts together: the same way in the service, in one process and in tests.
 */
public final class DispatcherAssembly {
  private DispatcherAssembly() {}

  /** The ports of the dispatcher. */
  public record Ports(
      FlowRunRepository runs, LeaseRepository leases, StepPublisher publisher, EventLogger log) {}

  /**
   * A handler over these ports.
   *
   * @param maxClaimsPerEvent {@code MAX_CLAIMS_PER_EVENT}
   */
  public static FlowRunEventHandler eventHandler(
      Ports ports,
      int maxClaimsPerEvent,
      StepClaimer.Terms terms,
      StepClaimer.Surroundings surroundings) {
    var selector = new ReadyStepSelector(maxClaimsPerEvent);
    var publisher = new ClaimPublisher(ports.publisher(), ports.log());
    var attempt =
        new RunAttempt(
            selector,
            new StepClaimer(ports.runs(), terms.lease(), surroundings, ports.log()),
            publisher,
            new MisconfiguredStepFinalizer(ports.runs(), ports.log(), surroundings.clock()));
    var dispatcher =
        new RunDispatcher(
            ports.runs(),
            attempt,
            new EarlierClaims(ports.leases(), publisher),
            terms.maxAttempts(),
            surroundings);
    return new FlowRunEventHandler(
        ports.runs(), selector, dispatcher, ports.log(), surroundings.clock());
  }
}
