package io.tda.worker.dispatcher;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.ClaimResult;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.RunStatus;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.id.ClaimIds;
import io.tda.worker.id.StepKey;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.RecoveryEvent.LeaseMissing;
import io.tda.worker.store.Versioned;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * RUNNING steps without a lease: no message and no sweep would ever bring them forward. It takes
 * hands to make one: a run that was broken and mended, or ended and set to RUNNING again, or a
 * lease that somebody deleted.
 */
final class LostLeases {
  private final FlowRunRepository runs;
  private final LeaseRepository leases;
  private final ClaimPublisher publisher;
  private final Duration lease;
  private final StepClaimer.Surroundings surroundings;
  private final EventLogger log;

  LostLeases(
      DispatcherAssembly.Ports ports, Duration lease, StepClaimer.Surroundings surroundings) {
    this.runs = ports.runs();
    this.leases = ports.leases();
    this.publisher = new ClaimPublisher(ports.publisher(), ports.log());
    this.lease = lease;
    this.surroundings = surroundings;
    this.log = ports.log();
  }

  /**
   * Claims such steps anew and publishes their claims. One round trip where executable steps are
   * RUNNING, one more where a lease is missing.
   *
   * @param run as it was just read
   * @return empty where there is no such step, or the run has changed
   */
  Optional<EventOutcome> adopt(Versioned<FlowRun> run, String eventId, LogContext context) {
    var claims = claims(run.value(), eventId);
    if (claims.isEmpty()) {
      return Optional.empty();
    }
    return switch (runs.adopt(run, claims, lease)) {
      case ClaimResult.Contended() -> Optional.empty();
      case ClaimResult.Claimed _ -> {
        claims.forEach(claim ->
            log.log(
                new LeaseMissing(), context.withStep(claim.step().stepId()).withClaim(claim.id())));
        yield Optional.of(publisher.publish(run.value(), claims, context));
      }
    };
  }

  private List<Claim> claims(FlowRun run, String eventId) {
    if (run.status() != RunStatus.RUNNING) { // any more: it was when it was listed
      return List.of();
    }
    var running =
        run.steps().values().stream()
            .filter(step -> step.status() == StepStatus.RUNNING && step.isExecutable())
            .toList();
    if (running.isEmpty()) {
      return List.of();
    }
    var leased = leased(run, running);
    var ids = new ClaimIds(surroundings.clock(), surroundings.random());
    var now = surroundings.clock().instant();
    return running.stream()
        .filter(step -> !leased.contains(new StepKey(run.id(), step.id())))
        .map(step ->
            new Claim(
                new StepKey(run.id(), step.id()), step.stepType(), ids.next(), 1, eventId, now))
        .toList();
  }

  private Set<StepKey> leased(FlowRun run, List<FlowStep> steps) {
    var keys = steps.stream().map(step -> new StepKey(run.id(), step.id())).toList();
    var leased = new HashSet<StepKey>();
    leases.find(keys).forEach(found -> leased.add(found.value().claim().step()));
    return leased;
  }
}
