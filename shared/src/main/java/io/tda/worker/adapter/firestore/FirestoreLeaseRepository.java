package io.tda.worker.adapter.firestore;

import io.tda.worker.id.StepKey;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.lease.LeaseWrite;
import io.tda.worker.lease.RunAndLease;
import io.tda.worker.lease.StepLease;
import io.tda.worker.store.CommitResult;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Versioned;
import io.tda.worker.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lease documents, in any store with Firestore's semantics. */
public final class FirestoreLeaseRepository implements LeaseRepository {
  private final DocumentStore store;
  private final FirestoreCollections collections;

  public FirestoreLeaseRepository(DocumentStore store, FirestoreCollections collections) {
    this.store = store;
    this.collections = collections;
  }

  @Override
  public RunAndLease read(StepKey step) {
    var found = store.getAll(List.of(collections.run(step.runId()), collections.lease(step)));
    return new RunAndLease(
        RunDocument.read(step.runId(), found.getFirst().orElse(null)),
        found.getLast().map(document -> LeaseDocument.read(step, document)));
  }

  @Override
  public List<Versioned<StepLease>> find(List<StepKey> steps) {
    var found = store.getAll(steps.stream().map(collections::lease).toList());
    var leases = new ArrayList<Versioned<StepLease>>();
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      found.get(i).ifPresent(document -> leases.add(LeaseDocument.read(step, document)));
    }
    return List.copyOf(leases);
  }

  @Override
  public LeaseWrite write(StepLease next, Instant readAt) {
    var step = next.claim().step();
    var write =
        new Write.Update(
            collections.lease(step),
            LeaseDocument.toPatch(next),
            new Precondition.UpdatedAt(readAt));
    return switch (store.commit(List.of(write))) {
      case CommitResult.Committed(var updateTime) ->
          new LeaseWrite.Written(new Versioned<>(next, updateTime));
      case CommitResult.Refused() ->
          readDocument(step)
              .filter(document -> holds(document, next))
              .<LeaseWrite>map(
                  document -> new LeaseWrite.Written(new Versioned<>(next, document.updateTime())))
              .orElseGet(LeaseWrite.Lost::new);
    };
  }

  /** A lease that is gone counts as removed: by whom cannot be told, and makes no difference. */
  @Override
  public LeaseWrite remove(Versioned<StepLease> lease) {
    var step = lease.value().claim().step();
    var delete =
        new Write.Delete(collections.lease(step), new Precondition.UpdatedAt(lease.updateTime()));
    return switch (store.commit(List.of(delete))) {
      case CommitResult.Committed _ -> new LeaseWrite.Written(lease);
      case CommitResult.Refused() ->
          readDocument(step).isEmpty() ? new LeaseWrite.Written(lease) : new LeaseWrite.Lost();
    };
  }

  /** Documents whose id names no step are not ours, and are passed over. */
  @Override
  public List<Versioned<StepLease>> expired(Instant latest, int limit) {
    var query =
        new DocumentQuery.TimeAtMost(collections.leases(), LeaseDocument.EXPIRES_AT, latest, limit);
    return store.query(query).stream()
        .flatMap(document ->
            LeaseDocument.step(document.ref().id())
                .map(step -> LeaseDocument.read(step, document))
                .stream())
        .toList();
  }

  private Optional<Document> readDocument(StepKey step) {
    return store.getAll(List.of(collections.lease(step))).getFirst();
  }

  /** Compares what was stored, which is coarser than what was given. */
  private static boolean holds(Document document, StepLease lease) {
    var step = lease.claim().step();
    return LeaseDocument.read(step, document.data())
        .equals(LeaseDocument.read(step, LeaseDocument.toMap(lease)));
  }
}
