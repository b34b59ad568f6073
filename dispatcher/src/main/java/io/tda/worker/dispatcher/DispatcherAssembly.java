package io.tda.worker.dispatcher;

import io.tda.worker.config.LeaseConfig;
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
    return new FlowRunEventHandler(
        ports.runs(),
        new ReadyStepSelector(maxClaimsPerEvent),
        runDispatcher(ports, maxClaimsPerEvent, terms, surroundings),
        ports.log(),
        surroundings.clock(),
        surroundings.random());
  }

  /** A sweep over these ports. */
  public static Sweep sweep(
      Ports ports, LeaseConfig leases, StepClaimer.Surroundings surroundings) {
    return new Sweep(
        ports.leases(),
        new StepRecovery(ports, leases, surroundings),
        leases.sweepGrace(),
        surroundings.clock(),
        ports.log());
  }

  /**
   * A reconcile over these ports.
   *
   * @param maxClaimsPerEvent {@code MAX_CLAIMS_PER_EVENT}
   */
  public static Reconcile reconcile(
      Ports ports,
      ReconcileScope scope,
      int maxClaimsPerEvent,
      StepClaimer.Terms terms,
      StepClaimer.Surroundings surroundings) {
    return new Reconcile(
        ports.runs(),
        runDispatcher(ports, maxClaimsPerEvent, terms, surroundings),
        new LostLeases(ports, terms.lease(), surroundings),
        scope,
        surroundings,
        ports.log());
  }

  private static RunDispatcher runDispatcher(
      Ports ports,
      int maxClaimsPerEvent,
      StepClaimer.Terms terms,
      StepClaimer.Surroundings surroundings) {
    var publisher = new ClaimPublisher(ports.publisher(), ports.log());
    var attempt =
        new RunAttempt(
            new ReadyStepSelector(maxClaimsPerEvent),
            new StepClaimer(ports.runs(), terms.lease(), surroundings, ports.log()),
            publisher,
            new MisconfiguredStepFinalizer(ports.runs(), ports.log(), surroundings.clock()));
    return new RunDispatcher(
        ports.runs(),
        attempt,
        new EarlierClaims(ports.leases(), publisher),
        terms.maxAttempts(),
        surroundings);
  }
}
