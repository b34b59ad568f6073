package io.tda.worker.local.sim;

import io.tda.worker.id.StepKey;
import org.jspecify.annotations.Nullable;

/** One executor's time as the holder of a lease. */
final class Holding {
  private final Work work;
  private final StepKey step;
  private final String claimId;
  private int calls;
  private int repairs;
  private boolean answered;
  private boolean ended;

  Holding(Work work, StepKey step, String claimId) {
    this.work = work;
    this.step = step;
    this.claimId = claimId;
  }

  Work work() {
    return work;
  }

  StepKey step() {
    return step;
  }

  String claimId() {
    return claimId;
  }

  void called(boolean repair) {
    if (repair) {
      repairs++;
    } else {
      calls++;
    }
  }

  int calls() {
    return calls;
  }

  int repairs() {
    return repairs;
  }

  /** The model gave a valid answer. */
  void answered() {
    answered = true;
  }

  boolean isAnswered() {
    return answered;
  }

  /** It gave the lease back itself. */
  void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  /**
   * Why its lease may have been taken over or its work lost; null where nothing was wrong with it.
   * One fault of the store is no reason: two of three heartbeats may fail.
   */
  @Nullable String excuse() {
    if (work.process().isDead()) {
      return "dead";
    }
    if (work.process().wasDisturbedSince(work.startedAt())) {
      return "stopped";
    }
    if (work.hasHung()) {
      return "hung";
    }
    return work.storeFaults() >= 2 ? "cut off" : null;
  }
}
