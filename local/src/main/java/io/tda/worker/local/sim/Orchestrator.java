package io.tda.worker.local.sim;

import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.id.Timeframe;
import io.tda.worker.store.Document;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.Patch;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the runs: creates them, lets steps begin, ends runs. And, as long as faults are
 * wanted, it cancels, plans anew, makes mistakes, and writes beside the worker.
 */
final class Orchestrator {
  private static final List<String> FINAL = List.of("SUCCEEDED", "FAILED", "CANCELLED", "SKIPPED");

  private static final List<String> UNSATISFYING = List.of("FAILED", "CANCELLED", "SKIPPED");

  private final World world;
  private final Faults faults;
  private final SimulatedFirestore store;
  private final SimulatedStorage storage;
  private final List<String> runs = new ArrayList<>();
  private int added;

  Orchestrator(World world, Faults faults, SimulatedFirestore store, SimulatedStorage storage) {
    this.world = world;
    this.faults = faults;
    this.store = store;
    this.storage = storage;
  }

  /** Creates the runs, now and soon, and looks after them from then on. */
  void start(SimulationPlan.Sizes sizes) {
    for (int i = 1; i <= sizes.runs(); i++) {
      var id = "20251224-06000" + i + "_LINKUSDT_sim";
      world.after(
          world.between(Duration.ZERO, Duration.ofMinutes(2)),
          () -> {
            create(id, sizes.steps());
            runs.add(id);
          });
    }
    world.after(Duration.ofSeconds(5), this::lookAfter);
  }

  /** Whether all runs are there and none needs anybody any more. */
  boolean isDone(int expectedRuns) {
    return runs.size() == expectedRuns
        && runs.stream().allMatch(id -> read(id).filter(it -> isRunning(it)).isEmpty());
  }

  List<String> runs() {
    return runs;
  }

  private void create(String id, int count) {
    RunDocuments.inputs(storage, id);
    var steps = new LinkedHashMap<>(RunDocuments.upstream(id));
    var earlier = new ArrayList<String>();
    for (int i = 1; i <= count; i++) {
      var name = "report_" + i + ":4h";
      steps.put(name, step(name, id, earlier));
      earlier.add(name);
    }
    world.say("orchestrator", () -> "creates " + id + " with " + steps.keySet());
    RunDocuments.put(store, RunDocuments.run(id), RunDocuments.run(id, steps));
  }

  /** Some steps build on earlier ones, some begin at once, side by side. */
  private Map<String, Object> step(String name, String run, List<String> earlier) {
    var previous =
        earlier.isEmpty() || world.chance(0.6)
            ? List.<String>of()
            : List.of(earlier.get(world.random().nextInt(earlier.size())));
    if (faults.strikes(Fault.STORAGE_FOREIGN_OBJECT)) {
      var key = new StepKey(new RunId(run), new StepId(name));
      storage.put(
          RunDocuments.PATHS.report(key, new Timeframe("4h")),
          "{\"somebody\": \"else's\"}".getBytes(StandardCharsets.UTF_8));
    }
    var step =
        RunDocuments.report(
            previous.isEmpty() && world.chance(0.5) ? "READY" : "PENDING",
            previous,
            RunDocuments.PROMPT_IDS.get(world.random().nextInt(RunDocuments.PROMPT_IDS.size())),
            world.chance(0.5) ? RunDocuments.WIDE_SCHEMA : RunDocuments.NARROW_SCHEMA);
    if (faults.strikes(Fault.STEP_BROKEN)) {
      if (world.chance(0.5)) {
        step.put("dependsOn", List.of("no_such_step"));
      } else {
        step.put("inputs", Map.of("ohlcvStepId", 1L));
      }
    }
    return step;
  }

  private void lookAfter() {
    world.after(world.between(Duration.ofSeconds(2), Duration.ofSeconds(30)), this::lookAfter);
    for (var id : runs) {
      read(id).ifPresent(this::lookAfter);
    }
  }

  private void lookAfter(Document run) {
    var changes = new OwnersPatch(run);
    if (!isRunning(run)) {
      resume(run, changes);
    } else {
      advance(run, changes);
      if (!faults.isStopped()) {
        interfere(run, changes);
      }
    }
    var patch = changes.patch();
    if (faults.strikes(Fault.RUN_DELETED)) {
      write(new Write.Delete(run.ref(), new Precondition.UpdatedAt(run.updateTime())));
    } else if (!patch.set().isEmpty()) {
      world.say("orchestrator", () -> run.ref() + " " + changes);
      write(new Write.Update(run.ref(), patch, new Precondition.UpdatedAt(run.updateTime())));
    }
  }

  /**
   * A run that was cancelled may go on; what had begun begins anew, if its owner thinks of that.
   */
  private void resume(Document run, OwnersPatch changes) {
    if ("CANCELLED".equals(run.data().get("status")) && faults.strikes(Fault.STEP_REPLANNED)) {
      changes.set("RUNNING", "status");
      var steps = steps(run);
      boolean thinks = world.chance(0.7);
      for (var name : steps.keySet()) {
        if (thinks && status(steps, name).equals("RUNNING")) {
          changes.status(String.valueOf(name), "READY");
        }
      }
    }
  }

  private void advance(Document run, OwnersPatch changes) {
    var steps = steps(run);
    for (var entry : steps.entrySet()) {
      advance(String.valueOf(entry.getKey()), StoredState.map(entry.getValue()), steps, changes);
    }
    boolean over = steps.keySet().stream().allMatch(name -> FINAL.contains(status(steps, name)));
    if (over && (faults.isStopped() || world.chance(0.02))) {
      boolean failed =
          steps.keySet().stream().anyMatch(name -> status(steps, name).equals("FAILED"));
      changes.set(failed ? "FAILED" : "SUCCEEDED", "status");
    }
  }

  private void advance(String name, Map<?, ?> step, Map<?, ?> steps, OwnersPatch changes) {
    var status = String.valueOf(step.get("status"));
    if (!status.equals("PENDING") && !status.equals("READY")) {
      return;
    }
    var fate = fate(step, steps);
    if (fate == Fate.NEVER) {
      changes.status(name, "SKIPPED");
    } else if (status.equals("PENDING") && (fate == Fate.FREE || world.chance(0.02))) {
      // Sometimes early, which is allowed: the dispatcher waits for the dependencies.
      changes.status(name, "READY");
    }
  }

  private enum Fate {
    FREE,
    WAITS,
    NEVER
  }

  private static Fate fate(Map<?, ?> step, Map<?, ?> steps) {
    var fate = Fate.FREE;
    for (var name : step.get("dependsOn") instanceof List<?> names ? names : List.of()) {
      // A step that is not there is for the worker to complain about.
      var status = steps.containsKey(name) ? status(steps, name) : "SUCCEEDED";
      if (UNSATISFYING.contains(status)) {
        return Fate.NEVER;
      }
      fate = status.equals("SUCCEEDED") ? fate : Fate.WAITS;
    }
    return fate;
  }

  private void interfere(Document run, OwnersPatch changes) {
    if (faults.strikes(Fault.RUN_TOUCHED)) {
      changes.set(world.random().nextLong(1_000_000), RunDocuments.EXTRA, "touched");
    }
    if (faults.strikes(Fault.RUN_CANCELLED)) {
      changes.set("CANCELLED", "status");
    }
    var steps = steps(run);
    var names = reports(steps);
    var name = names.get(world.random().nextInt(names.size()));
    var status = status(steps, name);
    if (!FINAL.contains(status) && faults.strikes(Fault.STEP_CANCELLED)) {
      changes.status(name, "CANCELLED");
    } else if (!status.equals("PENDING")
        && !status.equals("READY")
        && faults.strikes(Fault.STEP_REPLANNED)) {
      changes.status(name, "READY");
    }
    if (names.size() < 8 && faults.strikes(Fault.STEP_ADDED)) {
      var more = "added_" + ++added + ":4h";
      changes.set(step(more, run.ref().id(), names), "steps", more);
    }
  }

  private static List<String> reports(Map<?, ?> steps) {
    return steps.entrySet().stream()
        .filter(step -> "LLM_REPORT".equals(StoredState.map(step.getValue()).get("stepType")))
        .map(step -> String.valueOf(step.getKey()))
        .toList();
  }

  private static Map<?, ?> steps(Document run) {
    return StoredState.map(run.data().get("steps"));
  }

  private static String status(Map<?, ?> steps, Object name) {
    return String.valueOf(StoredState.map(steps.get(name)).get("status"));
  }

  private static boolean isRunning(Document run) {
    return "RUNNING".equals(run.data().get("status"));
  }

  private Optional<Document> read(String id) {
    return store.documents().getAll(List.of(RunDocuments.run(id))).getFirst();
  }

  private void write(Write write) {
    var _ = store.commitAsOwner(List.of(write));
  }

  /** What the owner changes of a run at once; a later change of a field replaces an earlier one. */
  private static final class OwnersPatch {
    private final Document run;
    private final Map<FieldPath, Object> fields = new LinkedHashMap<>();

    OwnersPatch(Document run) {
      this.run = run;
    }

    void status(String step, String status) {
      set(status, "steps", step, "status");
    }

    void set(Object value, String... path) {
      fields.put(FieldPath.of(path), value);
    }

    Patch patch() {
      @Nullable Patch patch = Patch.empty();
      for (var field : fields.entrySet()) {
        patch = patch.with(field.getKey(), field.getValue());
      }
      return patch;
    }

    @Override
    public String toString() {
      return run.ref().id() + " " + TraceText.patch(patch()) + " " + fields.keySet();
    }
  }
}
