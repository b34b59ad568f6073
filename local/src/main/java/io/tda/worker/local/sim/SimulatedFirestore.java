package io.tda.worker.local.sim;

import io.tda.worker.adapter.memory.Change;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.store.CommitResult;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Firestore: the in-memory store, which passes the same contract as the real one, behind a network
 * that delays, refuses, loses answers, and carries out what it said it would not.
 */
final class SimulatedFirestore {
  /** How long the client waits for a commit. */
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final World world;
  private final Faults faults;
  private final InMemoryDocumentStore documents;
  private final List<CommitListener> listeners = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  /** Is told of each commit that changed something, at once. */
  interface CommitListener {
    /**
     * A commit was carried out.
     *
     * @param author null where it was not the worker
     */
    void committed(@Nullable Work author, List<Change> changes);
  }

  SimulatedFirestore(World world, Faults faults) {
    this.world = world;
    this.faults = faults;
    this.documents = new InMemoryDocumentStore(world::now);
    documents.onChange(changes::add);
  }

  void onCommit(CommitListener listener) {
    listeners.add(listener);
  }

  /** The store as somebody sees it who is not simulated: immediately, and without faults. */
  InMemoryDocumentStore documents() {
    return documents;
  }

  /** Commits for the owner of the runs: at once. */
  CommitResult commitAsOwner(List<Write> writes) {
    return carryOut(null, writes);
  }

  /** The store as this process sees it. */
  DocumentStore seenBy(SimulatedProcess process) {
    return new Client(new Network(world, process));
  }

  private CommitResult carryOut(@Nullable Work author, List<Write> writes) {
    changes.clear();
    var result = documents.commit(writes);
    var made = List.copyOf(changes);
    if (author != null) {
      world.say(author.name(), () -> "commit " + outcome(result) + " " + text(writes));
    }
    if (!made.isEmpty()) {
      listeners.forEach(listener -> listener.committed(author, made));
    }
    return result;
  }

  private static String outcome(CommitResult result) {
    return switch (result) {
      case CommitResult.Committed _ -> "done";
      case CommitResult.Refused() -> "refused";
    };
  }

  private static String text(List<Write> writes) {
    return String.join(", ", writes.stream().map(SimulatedFirestore::text).toList());
  }

  private static String text(Write write) {
    return switch (write) {
      case Write.Set(var ref, var data, _) -> "set " + ref + " " + TraceText.lease(data);
      case Write.Update(var ref, var patch, _) -> "update " + ref + " " + TraceText.patch(patch);
      case Write.Delete(var ref, _) -> "delete " + ref;
    };
  }

  private static StepException unavailable() {
    return new StepException(
        StepError.of(ErrorCode.FIRESTORE_UNAVAILABLE, "the document store is unavailable"));
  }

  private final class Client implements DocumentStore {
    private final Network network;

    Client(Network network) {
      this.network = network;
    }

    @Override
    public List<Optional<Document>> getAll(List<DocumentRef> refs) {
      return read(() -> "read " + refs, () -> documents.getAll(refs));
    }

    @Override
    public List<Document> query(DocumentQuery query) {
      return read(() -> "query " + query.collection(), () -> documents.query(query));
    }

    private <T> T read(Supplier<String> what, Supplier<T> answer) {
      network.process().checkpoint();
      var work = Work.current();
      if (faults.strikes(Fault.FIRESTORE_UNAVAILABLE)) {
        work.storeFault();
        throw network.refused(network.way(), unavailable());
      }
      return network.request(
          there(),
          () -> {
            world.say(work.name(), what);
            return answer.get();
          });
    }

    @Override
    public CommitResult commit(List<Write> writes) {
      network.process().checkpoint();
      var work = Work.current();
      var there = there();
      if (faults.strikes(Fault.FIRESTORE_UNAVAILABLE)) {
        work.storeFault();
        throw network.refused(there, unavailable());
      }
      if (faults.strikes(Fault.FIRESTORE_ABORTED)) {
        work.storeFault();
        return network.request(there, CommitResult.Refused::new);
      }
      if (faults.strikes(Fault.FIRESTORE_ANSWER_LOST)) {
        work.storeFault();
        throw network.unknown(
            there, () -> carryOut(work, writes), there.plus(network.way()), unavailable());
      }
      if (faults.strikes(Fault.FIRESTORE_LATE)) {
        work.storeFault();
        var late = DEADLINE.plus(world.between(Duration.ofMillis(1), Duration.ofSeconds(20)));
        throw network.unknown(late, () -> carryOut(work, writes), DEADLINE, unavailable());
      }
      if (faults.strikes(Fault.FIRESTORE_RETRIED)) {
        world.after(there, () -> carryOut(work, writes));
        return network.request(there.plus(Duration.ofMillis(500)), () -> carryOut(work, writes));
      }
      return network.request(there, () -> carryOut(work, writes));
    }

    private Duration there() {
      if (faults.strikes(Fault.FIRESTORE_SLOW)) {
        Work.current().storeFault();
        return world.between(Duration.ofSeconds(1), Duration.ofSeconds(8));
      }
      return network.way();
    }
  }
}
