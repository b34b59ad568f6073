package io.tda.worker.lease;

import io.tda.worker.id.StepKey;
import io.tda.worker.store.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * The port to the lease documents. Every write is held to the update time that was read; a refused
 * one is read back once, so that a lost answer is not taken for a lost lease.
 *
 * <p>Faults are thrown as {@code StepException} with {@code FIRESTORE_UNAVAILABLE}; whether the
 * write was carried out is then unknown, and repeating the call is safe.
 */
public interface LeaseRepository {

  /** Reads a step's run and lease: one round trip. */
  RunAndLease read(StepKey step);

  /**
   * Reads the leases of some steps, without their runs: one round trip.
   *
   * @return those that are there, in no particular order
   */
  List<Versioned<StepLease>> find(List<StepKey> steps);

  /**
   * Replaces a lease: to acquire, extend, release or reclaim it. One round trip.
   *
   * @param next must differ from what is stored, or two writers could both believe they won
   * @param readAt the update time of the lease as it was read
   */
  LeaseWrite write(StepLease next, Instant readAt);

  /** Removes a lease that is not needed any more. One round trip. */
  LeaseWrite remove(Versioned<StepLease> lease);

  /** The leases that expired at or before {@code latest}, longest expired first. One round trip. */
  List<Versioned<StepLease>> expired(Instant latest, int limit);
}
