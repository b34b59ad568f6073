package io.tda.worker.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.local.stack.Trigger.Outcome;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which steps a person can make READY. */
final class TriggerTest {
  private static final RunId RUN = new RunId("r1");
  private static final DocumentRef REF = new DocumentRef("flow_runs", "r1");

  private final InMemoryDocumentStore store = new InMemoryDocumentStore(InstantSource.system());

  @Test
  void ready_makesAllFreeStepsReady_andLeavesTheOthers() {
    put(
        "RUNNING",
        Map.of(
            "a", step("PENDING", List.of("data")),
            "b", step("PENDING", List.of("a")),
            "c", step("PENDING", List.of()),
            "d", step("RUNNING", List.of()),
            "data", Map.of("stepType", "OHLCV_EXPORT", "status", "SUCCEEDED")));

    assertThat(ready(null, false))
        .isEqualTo(new Outcome.Made(List.of(new StepId("a"), new StepId("c"))));
    assertThat(statuses())
        .isEqualTo(
            Map.of(
                "a", "READY", "b", "PENDING", "c", "READY", "d", "RUNNING", "data", "SUCCEEDED"));
  }

  @Test
  void ready_leavesARunAlone_thatIsNotRunning() {
    put("CANCELLED", Map.of("a", step("PENDING", List.of())));

    assertThat(ready(null, false))
        .isEqualTo(new Outcome.Nothing("the run is CANCELLED, not RUNNING"));
    assertThat(statuses()).containsEntry("a", "PENDING");
  }

  @Test
  void ready_saysWhatAStepWaitsFor() {
    put(
        "RUNNING",
        Map.of("a", step("PENDING", List.of("b", "nowhere")), "b", step("FAILED", List.of())));

    assertThat(ready("a", false)).isEqualTo(new Outcome.Nothing("step a waits for b"));
    assertThat(ready("x", false)).isEqualTo(new Outcome.Nothing("the run has no step x"));
  }

  @Test
  void ready_repeatsAStepThatHasEnded_onlyWhenAsked() {
    put("RUNNING", Map.of("a", ended(step("FAILED", List.of()))));

    assertThat(ready("a", false))
        .isEqualTo(new Outcome.Nothing("step a is FAILED; --again repeats it"));
    assertThat(ready("a", true)).isEqualTo(new Outcome.Made(List.of(new StepId("a"))));
    assertThat(steps().get("a"))
        .isEqualTo(
            Map.of(
                "stepType", "LLM_REPORT", "status", "READY", "dependsOn", List.of(), "kept", 1L));
  }

  @Test
  void ready_neverTouchesAStepThatIsAtWork() {
    put("RUNNING", Map.of("a", step("RUNNING", List.of())));

    assertThat(ready("a", true)).isEqualTo(new Outcome.Nothing("step a is RUNNING"));
  }

  @Test
  void ready_saysThatThereIsNoSuchRun() {
    assertThat(ready(null, false)).isEqualTo(new Outcome.NoSuchRun());
  }

  private Outcome ready(@Nullable String step, boolean again) {
    return new Trigger(store, "flow_runs")
        .ready(RUN, step == null ? null : new StepId(step), again);
  }

  private void put(String status, Map<String, ?> steps) {
    var data = Map.<String, Object>of("status", status, "steps", steps);
    store.commit(List.of(new Write.Set(REF, data, new Precondition.None())));
  }

  private static Map<String, Object> step(String status, List<String> dependsOn) {
    return Map.of("stepType", "LLM_REPORT", "status", status, "dependsOn", dependsOn);
  }

  private static Map<String, Object> ended(Map<String, Object> step) {
    var ended = new TreeMap<>(step);
    ended.put("error", Map.of("code", "INTERNAL"));
    ended.put("finishedAt", "2026-03-01T12:00:00.000Z");
    ended.put("kept", 1L);
    return ended;
  }

  private Map<?, ?> steps() {
    var data = store.getAll(List.of(REF)).getFirst().orElseThrow().data();
    return (Map<?, ?>) Objects.requireNonNull(data.get("steps"));
  }

  private Map<String, Object> statuses() {
    var statuses = new TreeMap<String, Object>();
    steps().forEach((id, step) -> statuses.put((String) id, ((Map<?, ?>) step).get("status")));
    return statuses;
  }
}
