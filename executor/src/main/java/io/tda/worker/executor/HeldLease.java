package io.tda.worker.executor;

import io.tda.worker.flow.FlowRunRepository.Fence;
import io.tda.worker.flow.StepException;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.lease.LeaseWrite;
import io.tda.worker.lease.StepLease;
import io.tda.worker.store.Versioned;
import io.tda.worker.time.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lease while an executor holds it: extends it, and stops the work when it is lost. One heartbeat
 * at a time; safe for use by the worker and the ticker at once.
 */
final class HeldLease {
  /** The second one is for who stood still while the first was answered. */
  private static final int QUESTIONS = 2;

  private final LeaseRepository leases;
  private final String executorId;
  private final InstantSource clock;
  private final Cancellation work;

  /** Held while the store is asked. No monitor: the simulator could not tell who waits for one. */
  private final ReentrantLock lock = new ReentrantLock();

  private Versioned<StepLease> held;
  private boolean lost;
  private boolean resting;
  private int modelCalls;

  HeldLease(
      LeaseRepository leases,
      Versioned<StepLease> held,
      String executorId,
      InstantSource clock,
      Cancellation work) {
    this.leases = leases;
    this.held = held;
    this.executorId = executorId;
    this.clock = clock;
    this.work = work;
  }

  /**
   * Extends the lease by its term. A fault is left to the next heartbeat; a loss ends the work.
   * After {@link #rest} it does nothing.
   */
  void beat() {
    lock.lock();
    try {
      if (!lost && !resting) {
        extend();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether the lease is still ours. Where it may have expired, for instance because this process
   * was stopped for a while, that is asked of the store: one round trip, and one more where the
   * answer came so late that it may have expired again.
   */
  boolean confirm() {
    lock.lock();
    try {
      for (int i = 0; i < QUESTIONS && !lost && mayHaveExpired(); i++) {
        extend();
      }
      return !lost;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the heartbeats: waits for one that is under way, and turns away one that the ticker had
   * started already. What is written to the lease from now on stays as it is.
   */
  void rest() {
    lock.lock();
    try {
      resting = true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody else has the lease. */
  boolean isLost() {
    lock.lock();
    try {
      return lost;
    } finally {
      lock.unlock();
    }
  }

  /** The lease as it was last written. */
  Versioned<StepLease> current() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  /** Says that the model is about to be called. */
  void countModelCall() {
    lock.lock();
    try {
      modelCalls++;
    } finally {
      lock.unlock();
    }
  }

  /** How often the model was called since the lease was acquired, whatever came of it. */
  int modelCalls() {
    lock.lock();
    try {
      return modelCalls;
    } finally {
      lock.unlock();
    }
  }

  /** What a write to the step has to hold against. */
  Fence fence() {
    var current = current();
    return new Fence(current.value().claim().id(), executorId, current.updateTime());
  }

  /** Replaces the lease, to hand it back. */
  void replace(StepLease next) {
    lock.lock();
    try {
      write(next);
    } finally {
      lock.unlock();
    }
  }

  /** Removes the lease of a step that its owner ended. */
  void abandon() {
    lock.lock();
    try {
      leases.remove(held);
    } catch (StepException e) {
      // The sweep finds the lease and the ended step, and removes it.
    } finally {
      lost = true;
      lock.unlock();
    }
  }

  private void extend() {
    try {
      write(extended());
    } catch (StepException e) {
      // Until the lease expires there is time for another heartbeat.
      if (held.value().isExpired(clock.instant())) {
        lose();
      }
    }
  }

  private void write(StepLease next) {
    switch (leases.write(next, held.updateTime())) {
      case LeaseWrite.Written(var written) -> held = written;
      case LeaseWrite.Lost() -> writeAgain(next);
    }
  }

  /**
   * A heartbeat that failed may have landed all the same. The lease then is another than we know
   * but still names this delivery, which nobody but us writes into it.
   */
  private void writeAgain(StepLease next) {
    var found = leases.find(List.of(next.claim().step())).stream().findFirst();
    if (found.filter(lease -> isOurs(lease.value())).isPresent()
        && leases.write(next, found.get().updateTime())
            instanceof LeaseWrite.Written(var written)) {
      held = written;
    } else {
      lose();
    }
  }

  private boolean isOurs(StepLease lease) {
    return lease.claim().id().equals(held.value().claim().id())
        && executorId.equals(lease.executorId());
  }

  private void lose() {
    lost = true;
    work.cancel();
  }

  private StepLease extended() {
    var lease = held.value();
    return lease.until(later(clock.instant().plus(lease.term())), lease.term());
  }

  /** A write that changes nothing would leave the update time as it is, and so prove nothing. */
  private Instant later(Instant expiresAt) {
    var last = held.value().expiresAt();
    return expiresAt.isAfter(last) ? expiresAt : last.plusMillis(1);
  }

  private boolean mayHaveExpired() {
    return !clock.instant().isBefore(held.value().expiresAt().minus(margin()));
  }

  private Duration margin() {
    return held.value().term().dividedBy(4);
  }
}
