package io.tda.worker.dispatcher;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.id.StepKey;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.lease.StepLease;
import io.tda.worker.log.LogContext;
import io.tda.worker.store.Versioned;
import java.util.List;
import java.util.Optional;

/**
 * What an earlier delivery of an event has claimed, and may have died before it published.
 *
 * <p>It comes before any new claim: else the event, once it has another step to claim, would be
 * done with, and the first message would be missing until the sweep.
 */
final class EarlierClaims {
  private final LeaseRepository leases;
  private final ClaimPublisher publisher;

  EarlierClaims(LeaseRepository leases, ClaimPublisher publisher) {
    this.leases = leases;
    this.publisher = publisher;
  }

  /**
   * Publishes once more what this event has claimed and no executor has taken up. One round trip
   * where executable steps are RUNNING, none otherwise.
   *
   * @param run as it was just read
   * @return empty where there is no such claim
   */
  Optional<EventOutcome> republish(FlowRun run, String eventId, LogContext context) {
    var claims = claimsOf(eventId, run);
    return claims.isEmpty()
        ? Optional.empty()
        : Optional.of(publisher.republish(run, claims, context));
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
}
