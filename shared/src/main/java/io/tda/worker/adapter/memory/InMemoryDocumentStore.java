package io.tda.worker.adapter.memory;

import io.tda.worker.store.CommitResult;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The document store in this process's memory: update times, preconditions, atomic commits and
 * field paths as in Firestore. What it leaves out are Firestore's limits of size and nesting.
 *
 * <p>One lock suffices, because documents are unchangeable: a read takes a reference, and a write
 * copies only the maps on the path to what it changes.
 */
@SuppressWarnings("ReferenceEquality") // what a write leaves as it was is the very same object
public final class InMemoryDocumentStore implements DocumentStore {
  private final InstantSource clock;
  private final ChangeFeed feed = new ChangeFeed();
  private final Object lock = new Object();
  // All guarded by the lock.
  private final Map<String, Map<String, Document>> collections = new HashMap<>();
  private final Map<String, Map<String, TimeIndex>> indexes = new HashMap<>();
  private Instant latest = Instant.EPOCH;

  /**
   * @param clock gives the update times; where it stands still, they go on by themselves
   */
  public InMemoryDocumentStore(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Tells the listener of every change from now on, in commit order, one at a time, soon after the
   * commit and on the thread of some writer. It may write, and must not throw.
   */
  public void onChange(Consumer<Change> listener) {
    feed.subscribe(listener);
  }

  @Override
  public List<Optional<Document>> getAll(List<DocumentRef> refs) {
    synchronized (lock) {
      return refs.stream().map(ref -> Optional.ofNullable(find(ref))).toList();
    }
  }

  @Override
  public CommitResult commit(List<Write> writes) {
    Write.requireCommittable(writes);
    CommitResult result;
    synchronized (lock) {
      result = tryCommit(writes);
    }
    feed.deliver();
    return result;
  }

  @Override
  public List<Document> query(DocumentQuery query) {
    return switch (query) {
      case DocumentQuery.TimeAtMost(var collection, var field, var latest, int limit) -> {
        synchronized (lock) {
          yield index(collection, field).atMost(latest, limit);
        }
      }
      case DocumentQuery.TextEquals text -> {
        List<Document> documents;
        synchronized (lock) {
          documents = List.copyOf(documents(text.collection()).values());
        }
        yield DocumentSearch.find(text, documents);
      }
    };
  }

  private Map<String, Document> documents(String collection) {
    return collections.getOrDefault(collection, Map.of());
  }

  /** Made by the first query that needs it. */
  private TimeIndex index(String collection, String field) {
    return indexes
        .computeIfAbsent(collection, _ -> new HashMap<>())
        .computeIfAbsent(field, _ -> new TimeIndex(field, documents(collection).values()));
  }

  private CommitResult tryCommit(List<Write> writes) {
    if (!writes.stream().allMatch(this::holds)) {
      return new CommitResult.Refused();
    }
    var time = nextTime();
    var changes = new ArrayList<Change>();
    var updateTime = Instant.MIN;
    for (var write : writes) {
      var before = find(write.ref());
      var after = after(write, before, time);
      if (before != after) {
        changes.add(
            new Change(write.ref(), Optional.ofNullable(before), Optional.ofNullable(after)));
      }
      var written = after == null ? time : after.updateTime();
      updateTime = written.isAfter(updateTime) ? written : updateTime;
    }
    // Only now: a value that cannot be stored has been refused by an exception before.
    changes.forEach(this::store);
    feed.append(changes);
    latest = time;
    return new CommitResult.Committed(updateTime);
  }

  private boolean holds(Write write) {
    var document = find(write.ref());
    return switch (write.precondition()) {
      case Precondition.None() -> document != null || !(write instanceof Write.Update);
      case Precondition.Absent() -> document == null;
      case Precondition.UpdatedAt(var time) ->
          document != null && document.updateTime().equals(time);
    };
  }

  /** The document after the write; the very same one where nothing changes. */
  private static @Nullable Document after(Write write, @Nullable Document before, Instant time) {
    var data =
        switch (write) {
          case Write.Set(_, var fields, _) -> {
            var replaced = FieldMap.copyOf(fields);
            yield before != null && before.data().equals(replaced) ? fields(before) : replaced;
          }
          case Write.Update(_, var patch, _) -> FieldChange.apply(patch, fields(before));
          case Write.Delete _ -> null;
        };
    if (data == null || (before != null && before.data() == data)) {
      return data == null ? null : before;
    }
    return new Document(write.ref(), data, time);
  }

  private static FieldMap fields(@Nullable Document document) {
    return document == null ? FieldMap.EMPTY : FieldMap.copyOf(document.data());
  }

  private void store(Change change) {
    var documents = collections.computeIfAbsent(change.ref().collection(), _ -> new HashMap<>());
    change
        .after()
        .ifPresentOrElse(
            after -> documents.put(change.ref().id(), after),
            () -> documents.remove(change.ref().id()));
    indexes
        .getOrDefault(change.ref().collection(), Map.of())
        .values()
        .forEach(index -> index.follow(change));
  }

  private @Nullable Document find(DocumentRef ref) {
    return documents(ref.collection()).get(ref.id());
  }

  private Instant nextTime() {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return now.isAfter(latest) ? now : latest.plus(1, ChronoUnit.MICROS);
  }
}
