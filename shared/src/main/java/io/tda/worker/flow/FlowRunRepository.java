package io.tda.worker.flow;

import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepKey;
import io.tda.worker.store.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port to the run documents. No locks and no transactions: each write is one commit, held to
 * the update time that was read.
 *
 * <p>A refused commit is read back once, because a client that repeats a write by itself can be
 * told of a conflict with its own first try. So an answer that was lost is never taken for a lost
 * race. Faults are thrown as {@link StepException} with {@code FIRESTORE_UNAVAILABLE}; whether the
 * write was carried out is then unknown, and repeating the call is safe.
 */
public interface FlowRunRepository {

  /** Reads a run: one round trip. */
  RunRead read(RunId id);

  /**
   * Moves READY steps of one run to RUNNING and leases them, all of them or none: one round trip.
   *
   * @param run as it was read; the claim holds only if the document is still that one
   * @param claims at least one, each for another step of that run
   * @param lease how long the claims may wait for an executor
   */
  ClaimResult claim(Versioned<FlowRun> run, List<Claim> claims, Duration lease);

  /**
   * Leases RUNNING steps of one run that have no lease, all of them or none: one round trip. As
   * every claim and every end of a step changes the run, a run that is still the one that was read
   * says that nobody else has leased or ended them.
   *
   * @param run as it was read before it was found that the leases are missing
   * @param claims at least one, each for another step of that run
   * @param lease how long the claims may wait for an executor
   */
  ClaimResult adopt(Versioned<FlowRun> run, List<Claim> claims, Duration lease);

  /**
   * Ends a step and deletes its lease, both or neither: one round trip, one more for each conflict.
   *
   * @param fence the claim and the lease it is held by; null ends a READY step that can never run
   *     and has no lease
   * @param runUpdateTime the run document's update time as it was last read
   */
  FinalizeResult finish(
      StepKey step, StepOutcome outcome, @Nullable Fence fence, Instant runUpdateTime);

  /**
   * Pages through RUNNING runs, by id: one round trip.
   *
   * @return fewer than {@code limit} only where there are no more
   */
  List<RunId> running(@Nullable RunId after, int limit);

  /**
   * The lease as its holder knows it. If another one holds it now, the write is refused.
   *
   * @param executorId the executor that holds the lease; null where it waits in the queue
   */
  record Fence(ClaimId claimId, @Nullable String executorId, Instant leaseUpdateTime) {}
}
