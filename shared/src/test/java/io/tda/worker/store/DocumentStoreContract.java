package io.tda.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tda.worker.store.CommitResult.Committed;
import io.tda.worker.store.CommitResult.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link DocumentStore} must do: no more than Firestore promises. */
public abstract class DocumentStoreContract {
  private static final Precondition NONE = new Precondition.None();
  private static final Precondition ABSENT = new Precondition.Absent();
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

  private final String collection = "things-" + UUID.randomUUID();

  /** The store under test; the same one for the whole of a test. */
  protected abstract DocumentStore store();

  @Test
  void getAll_answersInTheOrderAsked_withGapsForWhatIsMissing() {
    set(ref("b"), Map.of("n", 2L));
    set(ref("a"), Map.of("n", 1L));

    var found = store().getAll(List.of(ref("a"), ref("missing"), ref("b")));

    assertThat(found.get(0)).map(Document::data).contains(Map.of("n", 1L));
    assertThat(found.get(1)).isEmpty();
    assertThat(found.get(2)).map(Document::data).contains(Map.of("n", 2L));
    assertThat(found.get(2)).map(Document::ref).contains(ref("b"));
  }

  @Test
  void getAll_givesBackEveryKindOfValue() {
    Map<String, Object> data =
        Map.of(
            "flag",
            true,
            "whole",
            9_007_199_254_740_993L,
            "fraction",
            0.1,
            "text",
            "é中😀",
            "time",
            NOON,
            "list",
            List.of("x", 1L, Map.of("k", "v")),
            "map",
            Map.of("empty", Map.of(), "none", List.of(), "dotted.name", "v"));
    set(ref("a"), data);

    assertThat(read(ref("a")).data()).isEqualTo(data);
  }

  @Test
  void set_storesTimesToTheMicrosecond() {
    set(ref("a"), Map.of("time", NOON.plusNanos(789)));

    assertThat(read(ref("a")).data()).containsEntry("time", NOON);
  }

  @Test
  void set_leavesOutNulls_butKeepsTheirPlaceInLists() {
    var data = new HashMap<String, Object>();
    data.put("gone", null);
    data.put("list", Arrays.asList("x", null, "y"));
    store().commit(List.of(new Write.Set(ref("a"), data, NONE)));

    assertThat(read(ref("a")).data())
        .doesNotContainKey("gone")
        .containsEntry("list", Arrays.asList("x", null, "y"));
  }

  @Test
  void set_keepsWhatItWasGiven_whenTheGiverChangesItsMap() {
    var inner = new HashMap<String, Object>(Map.of("n", 1L));
    set(ref("a"), Map.of("inner", inner));

    inner.put("n", 2L);

    assertThat(read(ref("a")).data()).containsEntry("inner", Map.of("n", 1L));
  }

  @Test
  void set_replacesTheWholeDocument() {
    set(ref("a"), Map.of("old", 1L));
    set(ref("a"), Map.of("new", 2L));

    assertThat(read(ref("a")).data()).isEqualTo(Map.of("new", 2L));
  }

  @Test
  void setIfAbsent_isRefused_whenTheDocumentIsThere() {
    assertThat(commit(new Write.Set(ref("a"), Map.of("n", 1L), ABSENT)))
        .isInstanceOf(Committed.class);
    assertThat(commit(new Write.Set(ref("a"), Map.of("n", 2L), ABSENT))).isEqualTo(new Refused());

    assertThat(read(ref("a")).data()).isEqualTo(Map.of("n", 1L));
  }

  @Test
  void setIfAbsent_makesTheDocumentAgain_afterADelete() {
    var first = set(ref("a"), Map.of("n", 1L));
    commit(new Write.Delete(ref("a"), NONE));

    assertThat(commit(new Write.Set(ref("a"), Map.of("n", 1L), ABSENT)))
        .isInstanceOf(Committed.class);
    assertThat(read(ref("a")).updateTime()).isAfter(first);
  }

  @Test
  void commit_givesTheUpdateTimeThatTheNextReadShows() {
    var time = set(ref("a"), Map.of("n", 1L));

    assertThat(read(ref("a")).updateTime()).isEqualTo(time);
  }

  @Test
  void commit_givesOneUpdateTimeToAllItsDocuments() {
    var result =
        commit(
            new Write.Set(ref("a"), Map.of("n", 1L), NONE),
            new Write.Set(ref("b"), Map.of("n", 1L), NONE));

    assertThat(result).isEqualTo(new Committed(read(ref("a")).updateTime()));
    assertThat(read(ref("b")).updateTime()).isEqualTo(read(ref("a")).updateTime());
  }

  @Test
  void updateTimes_riseWithEveryChange() {
    var times = new ArrayList<Instant>();
    for (long n = 0; n < 20; n++) {
      times.add(set(ref("a"), Map.of("n", n)));
    }

    assertThat(times).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void update_isCarriedOut_whenTheUpdateTimeIsTheOneRead() {
    var time = set(ref("a"), Map.of("n", 1L));

    assertThat(commit(update("a", patch("n", 2L), at(time)))).isInstanceOf(Committed.class);
    assertThat(read(ref("a")).data()).isEqualTo(Map.of("n", 2L));
  }

  @Test
  void update_isRefused_whenTheDocumentHasChangedSince() {
    var time = set(ref("a"), Map.of("n", 1L));
    set(ref("a"), Map.of("n", 2L));

    assertThat(commit(update("a", patch("n", 3L), at(time)))).isEqualTo(new Refused());
    assertThat(read(ref("a")).data()).isEqualTo(Map.of("n", 2L));
  }

  /** A later time is none a document ever had; Firestore calls that a faulty request. */
  @Test
  void update_isRefused_whenTheUpdateTimeIsAMicrosecondEarlier() {
    var time = set(ref("a"), Map.of("n", 1L));

    assertThat(commit(update("a", patch("n", 2L), at(time.minusNanos(1_000)))))
        .isEqualTo(new Refused());
  }

  @Test
  void update_isRefused_whenThereIsNoDocument() {
    assertThat(commit(update("a", patch("n", 1L), NONE))).isEqualTo(new Refused());
    assertThat(commit(update("a", patch("n", 1L), at(NOON)))).isEqualTo(new Refused());

    assertThat(find(ref("a"))).isFalse();
  }

  @Test
  void update_isRefused_whenTheDocumentWasDeletedAndMadeAgain() {
    var time = set(ref("a"), Map.of("n", 1L));
    commit(new Write.Delete(ref("a"), NONE));
    set(ref("a"), Map.of("n", 1L));

    assertThat(commit(update("a", patch("n", 2L), at(time)))).isEqualTo(new Refused());
  }

  @Test
  void update_thatChangesNothing_leavesTheUpdateTime() {
    var time = set(ref("a"), Map.of("n", 1L, "map", Map.of("k", "v")));
    var nothing =
        Patch.empty()
            .with(FieldPath.of("n"), 1L)
            .with(FieldPath.of("map", "k"), "v")
            .without(FieldPath.of("missing", "deep"));

    assertThat(commit(update("a", nothing, at(time)))).isEqualTo(new Committed(time));
    assertThat(read(ref("a")).updateTime()).isEqualTo(time);
  }

  @Test
  void set_thatChangesNothing_leavesTheUpdateTime() {
    var time = set(ref("a"), Map.of("map", Map.of("k", "v")));

    assertThat(set(ref("a"), Map.of("map", Map.of("k", "v")))).isEqualTo(time);
  }

  @Test
  void update_keepsAllOtherFields_atEveryLevel() {
    set(ref("a"), Map.of("other", 1L, "map", Map.of("k", "v", "inner", Map.of("x", 1L))));

    commit(update("a", patch("map", "inner", "y", 2L), NONE));

    assertThat(read(ref("a")).data())
        .isEqualTo(Map.of("other", 1L, "map", Map.of("k", "v", "inner", Map.of("x", 1L, "y", 2L))));
  }

  @Test
  void update_makesTheMapsOnTheWay() {
    set(ref("a"), Map.of("text", "in the way"));

    commit(update("a", patch("new", "deep", "x", 1L).with(FieldPath.of("text", "y"), 2L), NONE));

    assertThat(read(ref("a")).data())
        .isEqualTo(Map.of("new", Map.of("deep", Map.of("x", 1L)), "text", Map.of("y", 2L)));
  }

  @Test
  void update_replacesAMap_whenThePathEndsThere() {
    set(ref("a"), Map.of("map", Map.of("old", 1L)));

    commit(update("a", patch("map", Map.of("new", 2L)), NONE));

    assertThat(read(ref("a")).data()).isEqualTo(Map.of("map", Map.of("new", 2L)));
  }

  @Test
  void update_removesFields_andMindsNoneThatAreMissing() {
    set(ref("a"), Map.of("n", 1L, "map", Map.of("x", 1L, "y", 2L), "text", "kept"));
    var removal =
        Patch.empty()
            .without(FieldPath.of("n"))
            .without(FieldPath.of("map", "x"))
            .without(FieldPath.of("missing"))
            .without(FieldPath.of("nowhere", "deep"));

    assertThat(commit(update("a", removal, NONE))).isInstanceOf(Committed.class);
    assertThat(read(ref("a")).data()).isEqualTo(Map.of("map", Map.of("y", 2L), "text", "kept"));
  }

  @Test
  void update_leavesAnEmptyMap_whenItsLastFieldGoes() {
    set(ref("a"), Map.of("map", Map.of("x", 1L)));

    commit(update("a", Patch.empty().without(FieldPath.of("map", "x")), NONE));

    assertThat(read(ref("a")).data()).isEqualTo(Map.of("map", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a~b", "a*b", "[a]", "a:b", "$a", "é", "中", "😀", "a`b", "a.b", "a\\b", "0"})
  void update_takesAnyNameForAField(String name) {
    set(ref("a"), Map.of("steps", Map.of(name, Map.of("status", "READY"), "b", "kept")));

    commit(update("a", patch("steps", name, "status", "RUNNING"), NONE));

    assertThat(read(ref("a")).data())
        .isEqualTo(Map.of("steps", Map.of(name, Map.of("status", "RUNNING"), "b", "kept")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run~a~b", "a*b", "[a]", "a:b", "$a", "é", "中", "😀", "a`b", "a\\b", "a b"})
  void documents_takeAnyId(String id) {
    set(ref(id), Map.of("n", 1L));

    assertThat(read(ref(id)).ref()).isEqualTo(ref(id));
  }

  @Test
  void delete_isRefused_whenTheDocumentHasChangedSince() {
    var time = set(ref("a"), Map.of("n", 1L));
    set(ref("a"), Map.of("n", 2L));

    assertThat(commit(new Write.Delete(ref("a"), at(time)))).isEqualTo(new Refused());
    assertThat(find(ref("a"))).isTrue();
  }

  @Test
  void delete_isRefused_whenItIsHeldToAnUpdateTimeAndThereIsNoDocument() {
    assertThat(commit(new Write.Delete(ref("a"), at(NOON)))).isEqualTo(new Refused());
  }

  @Test
  void delete_removesTheDocument_andMindsNoneThatIsMissing() {
    var time = set(ref("a"), Map.of("n", 1L));

    assertThat(commit(new Write.Delete(ref("a"), at(time)))).isInstanceOf(Committed.class);
    assertThat(commit(new Write.Delete(ref("a"), NONE))).isInstanceOf(Committed.class);
    assertThat(find(ref("a"))).isFalse();
  }

  @Test
  void commit_writesNothing_whenOnePreconditionFails() {
    var time = set(ref("a"), Map.of("n", 1L));
    set(ref("b"), Map.of("n", 1L));

    var result =
        commit(
            update("a", patch("n", 2L), at(time)),
            new Write.Set(ref("c"), Map.of("n", 2L), NONE),
            new Write.Delete(ref("b"), at(time)));

    assertThat(result).isEqualTo(new Refused());
    assertThat(read(ref("a")).data()).isEqualTo(Map.of("n", 1L));
    assertThat(find(ref("b"))).isTrue();
    assertThat(find(ref("c"))).isFalse();
  }

  @Test
  void commit_takes500Writes_eachToAnotherDocument() {
    var writes =
        IntStream.range(0, 501)
            .<Write>mapToObj(i -> new Write.Set(ref("d" + i), Map.of("n", (long) i), NONE))
            .toList();

    assertThat(store().commit(writes.subList(0, 500))).isInstanceOf(Committed.class);
    assertThatThrownBy(() -> store().commit(writes)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().commit(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> commit(writes.getFirst(), writes.getFirst()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void commit_letsOneOfManyWin_whenAllAreHeldToTheSameUpdateTime() throws Exception {
    var time = set(ref("a"), Map.of("n", 0L));
    var calls =
        IntStream.rangeClosed(1, 50)
            .<Callable<CommitResult>>mapToObj(
                n -> () -> commit(update("a", patch("n", (long) n), at(time))))
            .toList();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = threads.invokeAll(calls).stream().map(future -> future.resultNow()).toList();
      assertThat(results).filteredOn(Committed.class::isInstance).hasSize(1);
      assertThat(results).filteredOn(Refused.class::isInstance).hasSize(49);
    }
  }

  @Test
  void timeAtMost_findsWhatIsDue_oldestFirst_andNoMoreThanTheLimit() {
    set(ref("late"), Map.of("at", NOON.plusNanos(1_000)));
    set(ref("due"), Map.of("at", NOON));
    set(ref("b"), Map.of("at", NOON.minusSeconds(60)));
    set(ref("a"), Map.of("at", NOON.minusSeconds(60)));
    set(ref("without"), Map.of("n", 1L));
    set(ref("text"), Map.of("at", "2020-01-01T00:00:00Z"));

    assertThat(ids(new DocumentQuery.TimeAtMost(collection, "at", NOON, 10)))
        .containsExactly("a", "b", "due");
    assertThat(ids(new DocumentQuery.TimeAtMost(collection, "at", NOON, 2)))
        .containsExactly("a", "b");
  }

  @Test
  void timeAtMost_seesWhatChangedSinceItWasAskedLast() {
    set(ref("moves"), Map.of("at", NOON));
    set(ref("loses"), Map.of("at", NOON));
    set(ref("goes"), Map.of("at", NOON));
    set(ref("stays"), Map.of("at", NOON));
    var due = new DocumentQuery.TimeAtMost(collection, "at", NOON, 10);
    assertThat(ids(due)).containsExactly("goes", "loses", "moves", "stays");

    commit(update("moves", patch("at", NOON.plusSeconds(1)), NONE));
    commit(
        update(
            "loses", Patch.empty().without(FieldPath.of("at")).with(FieldPath.of("n"), 1L), NONE));
    commit(new Write.Delete(ref("goes"), NONE));
    set(ref("comes"), Map.of("at", NOON.minusSeconds(1)));
    assertThat(ids(due)).containsExactly("comes", "stays");
  }

  @Test
  void textEquals_pagesThroughWhatMatches_byId() {
    Stream.of("r10", "r2", "R", "r1", "é", "！", "😀").forEach(id -> set(ref(id), running()));
    set(ref("r3"), Map.of("status", "FAILED"));
    set(ref("r4"), Map.of("other", "RUNNING"));

    assertThat(ids(textEquals(null, 3))).containsExactly("R", "r1", "r10");
    assertThat(ids(textEquals("r10", 10))).containsExactly("r2", "é", "！", "😀");
    assertThat(ids(textEquals("😀", 10))).isEmpty();
    assertThat(ids(textEquals("r15", 1))).containsExactly("r2");
  }

  @Test
  void queries_giveTheWholeDocument_readyForTheNextWrite() {
    var time = set(ref("a"), running());

    assertThat(store().query(textEquals(null, 1)))
        .containsExactly(new Document(ref("a"), running(), time));
  }

  private DocumentRef ref(String id) {
    return new DocumentRef(collection, id);
  }

  private Instant set(DocumentRef ref, Map<String, Object> data) {
    return ((Committed) commit(new Write.Set(ref, data, NONE))).updateTime();
  }

  private CommitResult commit(Write... writes) {
    return store().commit(List.of(writes));
  }

  private Document read(DocumentRef ref) {
    return store().getAll(List.of(ref)).getFirst().orElseThrow();
  }

  private boolean find(DocumentRef ref) {
    return store().getAll(List.of(ref)).getFirst().isPresent();
  }

  private List<String> ids(DocumentQuery query) {
    return store().query(query).stream().map(document -> document.ref().id()).toList();
  }

  private DocumentQuery textEquals(@Nullable String after, int limit) {
    return new DocumentQuery.TextEquals(collection, "status", "RUNNING", after, limit);
  }

  private Write update(String id, Patch patch, Precondition precondition) {
    return new Write.Update(ref(id), patch, precondition);
  }

  private static Map<String, Object> running() {
    return Map.of("status", "RUNNING");
  }

  private static Precondition at(Instant time) {
    return new Precondition.UpdatedAt(time);
  }

  /** The last argument is the value. */
  private static Patch patch(Object... pathAndValue) {
    var segments =
        Arrays.stream(pathAndValue).limit(pathAndValue.length - 1).map(String::valueOf).toList();
    return Patch.empty().with(new FieldPath(segments), pathAndValue[pathAndValue.length - 1]);
  }
}
