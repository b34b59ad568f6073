package io.tda.worker.local.sim;

import io.tda.worker.flow.Claim;
import io.tda.worker.id.StepKey;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.lease.LeaseWrite;
import io.tda.worker.lease.RunAndLease;
import io.tda.worker.lease.StepLease;
import io.tda.worker.store.Versioned;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Leases that are not respected. */
final class PlantedLeases implements Seams {
  private final UnaryOperator<LeaseRepository> spoil;

  private PlantedLeases(UnaryOperator<LeaseRepository> spoil) {
    this.spoil = spoil;
  }

  /** What a repository does where nothing is planted. */
  private abstract static class Forwarding implements LeaseRepository {
    final LeaseRepository leases;

    Forwarding(LeaseRepository leases) {
      this.leases = leases;
    }

    @Override
    public RunAndLease read(StepKey step) {
      return leases.read(step);
    }

    @Override
    public List<Versioned<StepLease>> find(List<StepKey> steps) {
      return leases.find(steps);
    }

    @Override
    public LeaseWrite write(StepLease next, Instant readAt) {
      return leases.write(next, readAt);
    }

    @Override
    public LeaseWrite remove(Versioned<StepLease> lease) {
      return leases.remove(lease);
    }

    @Override
    public List<Versioned<StepLease>> expired(Instant latest, int limit) {
      return leases.expired(latest, limit);
    }

    /** Writes over whatever is there now. */
    LeaseWrite force(StepLease next) {
      var found = leases.find(List.of(next.claim().step())).stream().findFirst();
      return found.isEmpty() ? new LeaseWrite.Lost() : leases.write(next, found.get().updateTime());
    }
  }

  /** Any message of the step counts as that of its present claim. */
  static Seams claimUnchecked() {
    return new PlantedLeases(leases ->
        new Forwarding(leases) {
          @Override
          public RunAndLease read(StepKey step) {
            var read = super.read(step);
            return Work.current()
                .message()
                .map(message ->
                    new RunAndLease(
                        read.run(),
                        read.lease()
                            .map(lease ->
                                new Versioned<>(
                                    claimedBy(message.claim(), lease.value()),
                                    lease.updateTime()))))
                .orElse(read);
          }
        });
  }

  static Seams acquireUnheld() {
    return new PlantedLeases(leases ->
        new Forwarding(leases) {
          @Override
          public LeaseWrite write(StepLease next, Instant readAt) {
            return Work.current().kind() == Work.Kind.DELIVERY
                ? force(next)
                : super.write(next, readAt);
          }
        });
  }

  static Seams sweepUnheld() {
    return new PlantedLeases(leases ->
        new Forwarding(leases) {
          @Override
          public LeaseWrite write(StepLease next, Instant readAt) {
            return Work.current().kind() == Work.Kind.SWEEP
                ? force(next)
                : super.write(next, readAt);
          }
        });
  }

  /** An executor that is told of its loss goes on all the same. */
  static Seams lossIgnored() {
    return new PlantedLeases(leases ->
        new Forwarding(leases) {
          private final Set<String> acquired = new HashSet<>();

          @Override
          public LeaseWrite write(StepLease next, Instant readAt) {
            var executor = next.executorId();
            var result = super.write(next, readAt);
            if (executor == null || acquired.add(executor)) {
              return result;
            }
            return result instanceof LeaseWrite.Lost
                ? new LeaseWrite.Written(new Versioned<>(next, readAt))
                : result;
          }
        });
  }

  /** A heartbeat whose answer was lost makes the next one look refused. */
  static Seams lostAnswerIsLoss() {
    return new PlantedLeases(leases ->
        new Forwarding(leases) {
          @Override
          public List<Versioned<StepLease>> find(List<StepKey> steps) {
            return Work.current().kind() == Work.Kind.DELIVERY ? List.of() : super.find(steps);
          }
        });
  }

  static Seams neverReleased() {
    return new PlantedLeases(leases ->
        new Forwarding(leases) {
          @Override
          public LeaseWrite write(StepLease next, Instant readAt) {
            return Work.current().kind() == Work.Kind.DELIVERY && next.executorId() == null
                ? new LeaseWrite.Written(new Versioned<>(next, readAt))
                : super.write(next, readAt);
          }
        });
  }

  static Seams callsForgotten() {
    return new PlantedLeases(leases ->
        new Forwarding(leases) {
          @Override
          public LeaseWrite write(StepLease next, Instant readAt) {
            var free =
                new StepLease(
                    next.claim(),
                    next.holder(),
                    next.expiresAt(),
                    next.term(),
                    new StepLease.Effort(next.effort().deliveries(), 0),
                    next.lastError(),
                    next.notBefore());
            return super.write(free, readAt);
          }
        });
  }

  private static StepLease claimedBy(Claim claim, StepLease lease) {
    return new StepLease(
        claim,
        lease.holder(),
        lease.expiresAt(),
        lease.term(),
        lease.effort(),
        lease.lastError(),
        lease.notBefore());
  }

  @Override
  public LeaseRepository leases(LeaseRepository leases) {
    return spoil.apply(leases);
  }
}
