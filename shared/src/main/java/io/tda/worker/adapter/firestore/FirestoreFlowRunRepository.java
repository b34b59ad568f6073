package io.tda.worker.adapter.firestore;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.ClaimResult;
import io.tda.worker.flow.FinalizeResult;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.flow.RunRead;
import io.tda.worker.flow.RunStatus;
import io.tda.worker.flow.StepOutcome;
import io.tda.worker.flow.StepPatches;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepKey;
import io.tda.worker.lease.StepLease;
import io.tda.worker.store.CommitResult;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Patch;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Versioned;
import io.tda.worker.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The run documents, in any store with Firestore's semantics. */
public final class FirestoreFlowRunRepository implements FlowRunRepository {
  private final DocumentStore store;
  private final FirestoreCollections collections;

  public FirestoreFlowRunRepository(DocumentStore store, FirestoreCollections collections) {
    this.store = store;
    this.collections = collections;
  }

  @Override
  public RunRead read(RunId id) {
    return RunDocument.read(id, readAll(List.of(collections.run(id))).getFirst());
  }

  @Override
  public ClaimResult claim(Versioned<FlowRun> run, List<Claim> claims, Duration lease) {
    requireSteps(run.value(), claims, StepStatus.READY);
    // Unconditional: the run's precondition decides who claims. A lease that is left over from
    // an earlier life of the step must go, or the step could never be claimed again; whoever
    // held it is fenced off, because its update time and claim are not the stored ones any more.
    return claim(claimWrites(run, claims, lease, new Precondition.None()), claims);
  }

  @Override
  public ClaimResult adopt(Versioned<FlowRun> run, List<Claim> claims, Duration lease) {
    requireSteps(run.value(), claims, StepStatus.RUNNING);
    return claim(claimWrites(run, claims, lease, new Precondition.Absent()), claims);
  }

  private ClaimResult claim(List<Write> writes, List<Claim> claims) {
    return switch (store.commit(writes)) {
      case CommitResult.Committed(var updateTime) -> new ClaimResult.Claimed(updateTime);
      case CommitResult.Refused() -> readBack(claims);
    };
  }

  @Override
  public FinalizeResult finish(
      StepKey step, StepOutcome outcome, @Nullable Fence fence, Instant runUpdateTime) {
    var writes = new ArrayList<Write>();
    writes.add(
        new Write.Update(
            collections.run(step.runId()),
            StepPatches.finish(step.stepId(), outcome),
            new Precondition.UpdatedAt(runUpdateTime)));
    if (fence != null) {
      writes.add(
          new Write.Delete(
              collections.lease(step), new Precondition.UpdatedAt(fence.leaseUpdateTime())));
    }
    return switch (store.commit(writes)) {
      case CommitResult.Committed _ -> new FinalizeResult.Finalized();
      case CommitResult.Refused() -> {
        var found = readAll(List.of(collections.run(step.runId()), collections.lease(step)));
        yield new FinalizeConflict(step, outcome, fence).explain(found.get(0), found.get(1));
      }
    };
  }

  /** Documents whose id is not a run id are passed over; a page of nothing else costs one more. */
  @Override
  public List<RunId> running(@Nullable RunId after, int limit) {
    var ids = new ArrayList<RunId>();
    var last = after == null ? null : after.value();
    while (ids.size() < limit) {
      int wanted = limit - ids.size();
      var page =
          store.query(
              new DocumentQuery.TextEquals(
                  collections.runs(), "status", RunStatus.RUNNING.name(), last, wanted));
      page.forEach(document -> RunId.parse(document.ref().id()).ifPresent(ids::add));
      if (page.size() < wanted) {
        break;
      }
      last = page.getLast().ref().id();
    }
    return List.copyOf(ids);
  }

  private List<Write> claimWrites(
      Versioned<FlowRun> run, List<Claim> claims, Duration lease, Precondition leaseBefore) {
    var patch = Patch.empty();
    var leases = new ArrayList<Write>();
    for (var claim : claims) {
      patch = patch.and(StepPatches.claim(claim.step().stepId(), claim.claimedAt()));
      leases.add(
          new Write.Set(
              collections.lease(claim.step()),
              LeaseDocument.toMap(StepLease.dispatched(claim, lease)),
              leaseBefore));
    }
    var writes = new ArrayList<Write>();
    writes.add(
        new Write.Update(
            collections.run(run.value().id()),
            patch,
            new Precondition.UpdatedAt(run.updateTime())));
    writes.addAll(leases);
    return writes;
  }

  /**
   * A lease with our claim id says that the commit landed; one is enough, because all landed or
   * none. The lease's update time is that of the commit, where the run's may be later already.
   */
  private ClaimResult readBack(List<Claim> claims) {
    var leases = readAll(claims.stream().map(claim -> collections.lease(claim.step())).toList());
    for (int i = 0; i < claims.size(); i++) {
      var claim = claims.get(i);
      var document = leases.get(i);
      if (document != null
          && LeaseDocument.read(claim.step(), document.data()).claim().id().equals(claim.id())) {
        return new ClaimResult.Claimed(document.updateTime());
      }
    }
    return new ClaimResult.Contended();
  }

  private List<@Nullable Document> readAll(List<DocumentRef> refs) {
    var documents = new ArrayList<@Nullable Document>();
    store.getAll(refs).forEach(document -> documents.add(document.orElse(null)));
    return documents;
  }

  private static void requireSteps(FlowRun run, List<Claim> claims, StepStatus status) {
    if (claims.isEmpty()) {
      throw new IllegalArgumentException("nothing to claim");
    }
    for (var claim : claims) {
      if (!claim.step().runId().equals(run.id())
          || run.step(claim.step().stepId()).filter(step -> step.status() == status).isEmpty()) {
        throw new IllegalArgumentException(
            "not a " + status + " step of this run: " + claim.step());
      }
    }
  }
}
