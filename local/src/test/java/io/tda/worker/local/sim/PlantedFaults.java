package io.tda.worker.local.sim;

import io.tda.worker.time.Ticker;
import io.tda.worker.time.TimeBudgetPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Mistakes that the worker could make, each made at one seam. */
final class PlantedFaults {
  private PlantedFaults() {}

  static List<PlantedFault> all() {
    return List.of(
        planted("no fence on finalize", PlantedDocuments.finalizeUnfenced(), Invariant.I2),
        planted("finalize ignores the owner", PlantedDocuments.finalizeUnheld(), Invariant.I6),
        planted("finalize keeps the lease", PlantedDocuments.finalizeKeepsLease(), Invariant.I2),
        planted(
            "claim without precondition",
            PlantedDocuments.claimUnheld(),
            Invariant.I1,
            Invariant.I6),
        planted("a retry writes READY", PlantedDocuments.failureWritesReady(), Invariant.I6),
        planted("unknown fields are lost", PlantedDocuments.losesUnknownFields(), Invariant.I9),
        planted("no claim id check", PlantedLeases.claimUnchecked(), Invariant.I1),
        planted(
            "acquire without precondition",
            PlantedLeases.acquireUnheld(),
            Invariant.I1,
            Invariant.I2),
        planted(
            "sweep without precondition", PlantedLeases.sweepUnheld(), Invariant.I1, Invariant.I2),
        planted("heartbeat's refusal ignored", PlantedLeases.lossIgnored(), Invariant.I2),
        planted("lease never released", PlantedLeases.neverReleased(), Invariant.I8, Invariant.I2),
        planted(
            "heartbeat's lost answer is a lost lease",
            PlantedLeases.lostAnswerIsLoss(),
            Invariant.I3),
        planted("spent model calls forgotten", PlantedLeases.callsForgotten(), Invariant.I3),
        planted("no heartbeat", new NoHeartbeat(), Invariant.I2),
        planted("heartbeats for ever", new EndlessHeartbeat(), Invariant.I5),
        planted("takes leases that have not expired", new FastClock(), Invariant.I2),
        planted("retry without the budget check", new NoBudget(), Invariant.I8),
        planted("publish before claim", PlantedPorts.publishBeforeClaim(), Invariant.I1),
        planted("cache keyed by the wrong id", PlantedPorts.wrongCacheKey(), Invariant.I4),
        planted("412 taken for success unread", PlantedPorts.conflictIsSuccess(), Invariant.I4),
        planted("report overwritten", PlantedPorts.overwritesReport(), Invariant.I4),
        planted("client repeats model calls", PlantedPorts.repeatsCalls(), Invariant.I3),
        planted("model output in the error", PlantedPorts.outputInError(), Invariant.I7),
        planted("prompt in the log", PlantedPorts.promptInLog(), Invariant.I7),
        planted("ack before finalize", new AckFirst(), Invariant.I5),
        planted("ack while another is at work", new AckAlways(), Invariant.I5));
  }

  private static PlantedFault planted(String what, Seams seams, Invariant... caughtBy) {
    return new PlantedFault(what, Set.of(caughtBy), seams);
  }

  private record NoHeartbeat() implements Seams {
    @Override
    public Ticker ticker(Ticker ticker) {
      return (_, _) -> () -> {};
    }
  }

  /** All times are the same but for one: the time of a delivery is never over. */
  private record EndlessHeartbeat() implements Seams {
    @Override
    public TimeBudgetPolicy budget(TimeBudgetPolicy budget) {
      var more = Duration.ofHours(20);
      return new TimeBudgetPolicy(
          budget.invocation().plus(more), budget.finalizeReserve().plus(more), budget.model());
    }
  }

  private record FastClock() implements Seams {
    @Override
    public InstantSource executorClock(InstantSource clock) {
      return () -> clock.instant().plus(Duration.ofMinutes(10));
    }
  }

  private record NoBudget() implements Seams {
    @Override
    public TimeBudgetPolicy budget(TimeBudgetPolicy budget) {
      return new TimeBudgetPolicy(Duration.ofHours(10), Duration.ZERO, budget.model());
    }
  }

  private record AckFirst() implements Seams {
    @Override
    public boolean acknowledgesFirst() {
      return true;
    }
  }

  private record AckAlways() implements Seams {
    @Override
    public boolean acknowledges(boolean done) {
      return true;
    }
  }
}
