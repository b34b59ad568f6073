package io.tda.worker.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.DocumentStoreContract;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.Patch;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract under a clock that stands still, and what only this store promises. */
class InMemoryDocumentStoreTest extends DocumentStoreContract {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Precondition NONE = new Precondition.None();
  private static final DocumentRef A = new DocumentRef("things", "a");
  private static final DocumentRef B = new DocumentRef("things", "b");

  private final InMemoryDocumentStore store = new InMemoryDocumentStore(InstantSource.fixed(NOON));

  @Override
  protected DocumentStore store() {
    return store;
  }

  @Test
  void read_sharesWhatThePatchDidNotTouch() {
    set(A, Map.of("touched", Map.of("n", 1L), "other", Map.of("n", 1L)));
    var before = read(A);

    store.commit(
        List.of(new Write.Update(A, Patch.empty().with(FieldPath.of("touched", "n"), 2L), NONE)));

    assertThat(read(A).data().get("other")).isSameAs(before.data().get("other"));
    assertThat(before.data()).containsEntry("touched", Map.of("n", 1L));
  }

  @Test
  void read_givesWhatCannotBeChanged() {
    set(A, Map.of("list", List.of(1L)));
    var data = read(A).data();

    assertThatThrownBy(() -> data.put("n", 1L)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> data.values().forEach(value -> ((List<?>) value).clear()))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void commit_writesNothing_whenAValueCannotBeStored() {
    assertThatThrownBy(() ->
            store.commit(
                List.of(
                    new Write.Set(A, Map.of("n", 1L), NONE),
                    new Write.Set(B, Map.of("n", new Object()), NONE))))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(store.getAll(List.of(A)).getFirst()).isEmpty();
  }

  @Test
  void onChange_tellsBeforeAndAfter_ofEveryDocumentChanged() {
    var changes = new ArrayList<Change>();
    set(A, Map.of("n", 1L));
    var before = read(A);
    store.onChange(changes::add);

    store.commit(
        List.of(
            new Write.Set(B, Map.of("n", 1L), NONE),
            new Write.Update(A, Patch.empty().with(FieldPath.of("n"), 2L), NONE)));
    var after = read(A);
    store.commit(List.of(new Write.Delete(A, NONE)));

    assertThat(changes).extracting(Change::ref).containsExactly(B, A, A);
    assertThat(changes.get(0).before()).isEmpty();
    assertThat(changes.get(1).before()).contains(before);
    assertThat(changes.get(1).after()).contains(after);
    assertThat(changes.get(2).after()).isEmpty();
  }

  @Test
  void onChange_isSilent_whenNothingChanges() {
    var changes = new ArrayList<Change>();
    set(A, Map.of("n", 1L));
    store.onChange(changes::add);

    set(A, Map.of("n", 1L));
    store.commit(List.of(new Write.Delete(B, NONE)));
    store.commit(List.of(new Write.Set(A, Map.of("n", 2L), new Precondition.Absent())));

    assertThat(changes).isEmpty();
  }

  @Test
  void onChange_letsTheListenerWrite_andTellsOfThatAfterwards() {
    var seen = new ArrayList<DocumentRef>();
    store.onChange(change -> {
      if (change.ref().equals(A)) {
        set(B, Map.of("n", 1L));
      }
      seen.add(change.ref());
    });

    set(A, Map.of("n", 1L));

    assertThat(seen).containsExactly(A, B);
  }

  @Test
  void onChange_keepsTheOrderOfCommits_whenManyWrite() {
    var times = new ArrayList<Instant>();
    store.onChange(change -> times.add(change.after().orElseThrow().updateTime()));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 200).forEach(n -> threads.execute(() -> set(A, Map.of("n", (long) n))));
    }

    assertThat(times).hasSize(200).isSorted().doesNotHaveDuplicates();
  }

  private void set(DocumentRef ref, Map<String, Object> data) {
    store.commit(List.of(new Write.Set(ref, data, NONE)));
  }

  private Document read(DocumentRef ref) {
    return store.getAll(List.of(ref)).getFirst().orElseThrow();
  }
}
