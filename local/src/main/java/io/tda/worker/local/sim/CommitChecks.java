package io.tda.worker.local.sim;

import io.tda.worker.adapter.memory.Change;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.store.Document;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a commit of the worker may change in a run: I1, I4, I6, I9. Leases are checked beside it.
 */
final class CommitChecks {
  private static final Set<String> OURS = Set.of("status", "finishedAt", "error", "outputs");
  private static final Set<String> OUR_OUTPUTS = Set.of("gcs_uri", "execution");
  private static final Set<String> FINAL = Set.of("SUCCEEDED", "FAILED", "CANCELLED", "SKIPPED");

  private final World world;
  private final SimulationPlan plan;
  private final LeaseChecks leases;
  private final ReportChecks reports;
  private final Canaries canaries;

  CommitChecks(
      World world,
      SimulationPlan plan,
      Holdings holdings,
      ClaimChecks claims,
      ReportChecks reports,
      Canaries canaries) {
    this.world = world;
    this.plan = plan;
    this.leases = new LeaseChecks(world, holdings, claims);
    this.reports = reports;
    this.canaries = canaries;
  }

  void committed(@Nullable Work author, List<Change> changes) {
    var leaseChanges = new HashMap<String, Change>();
    for (var change : changes) {
      if (change.ref().collection().equals(RunDocuments.LEASES)
          && change.ref().id().contains("~")) {
        leaseChanges.put(change.ref().id(), change);
      }
    }
    for (var change : changes) {
      if (change.ref().collection().equals(RunDocuments.RUNS)) {
        if (author == null) {
          byOwner(change);
        } else {
          byWorker(author, change, leaseChanges);
        }
      }
    }
    if (author != null) {
      leaseChanges
          .values()
          .forEach(change -> {
            canaries.stored(change.ref().toString(), fields(change.after()));
            leases.changedAlone(author, change);
          });
    }
  }

  /** An owner who makes a step READY again begins a new life of it. */
  private void byOwner(Change change) {
    steps(change.after())
        .forEach((name, fields) -> {
          if ("READY".equals(StoredState.map(fields).get("status"))) {
            reports.forgotten(key(change, String.valueOf(name)));
          }
        });
  }

  private void byWorker(Work author, Change change, Map<String, Change> leaseChanges) {
    var before = fields(change.before());
    var after = fields(change.after());
    if (before.isEmpty() || after.isEmpty()) {
      violated(Invariant.I6, change, author + " made or removed a run");
      return;
    }
    checkSame(author, change, before, after, Set.of("steps"));
    var stepsBefore = steps(change.before());
    var stepsAfter = steps(change.after());
    if (!stepsBefore.keySet().equals(stepsAfter.keySet())) {
      violated(Invariant.I6, change, author + " added or removed steps");
    }
    int changed = 0;
    for (var name : stepsBefore.keySet()) {
      var from = StoredState.map(stepsBefore.get(name));
      var to = StoredState.map(stepsAfter.get(name));
      if (!from.equals(to)) {
        changed++;
        step(author, key(change, String.valueOf(name)), change, from, to, leaseChanges);
      }
    }
    if (changed > (author.kind() == Work.Kind.EVENT ? plan.habits().claimsPerEvent() : 1)
        && author.kind() != Work.Kind.RECONCILE) {
      violated(Invariant.I6, change, author + " changed " + changed + " steps");
    }
    if (!"RUNNING".equals(before.get("status"))) {
      violated(Invariant.I6, change, author + " changed a run that is not RUNNING");
    }
  }

  private void step(
      Work author,
      StepKey step,
      Change change,
      Map<?, ?> from,
      Map<?, ?> to,
      Map<String, Change> leaseChanges) {
    checkSame(author, change, from, to, OURS);
    checkSame(
        author,
        change,
        StoredState.map(from.get("outputs")),
        StoredState.map(to.get("outputs")),
        OUR_OUTPUTS);
    canaries.stored(
        step.toString(),
        Map.of("e", String.valueOf(to.get("error")), "o", String.valueOf(to.get("outputs"))));
    var lease = leaseChanges.remove(step.leaseDocumentId());
    var transition = from.get("status") + " " + to.get("status");
    switch (transition) {
      case "READY RUNNING" -> leases.claimed(author, step, lease);
      // The reconcile found it without a lease.
      case "RUNNING RUNNING" -> leases.adopted(author, step, lease);
      case "READY FAILED" -> {
        if (author.kind() != Work.Kind.EVENT && author.kind() != Work.Kind.RECONCILE) {
          violated(Invariant.I1, change, author + " ended a step that nobody claimed");
        }
      }
      case "RUNNING SUCCEEDED", "RUNNING FAILED" -> {
        leases.ended(author, step, lease);
        if ("SUCCEEDED".equals(to.get("status"))) {
          reports.succeeded(step, to);
        }
      }
      default -> violated(invariant(from, to), change, author + ": " + step + " " + transition);
    }
  }

  private static Invariant invariant(Map<?, ?> from, Map<?, ?> to) {
    return "READY".equals(to.get("status")) || FINAL.contains(String.valueOf(from.get("status")))
        ? Invariant.I6
        : Invariant.I1;
  }

  private void checkSame(
      Work author, Change change, Map<?, ?> before, Map<?, ?> after, Set<String> except) {
    for (var name : before.keySet()) {
      if (!except.contains(name) && !Objects.equals(before.get(name), after.get(name))) {
        var invariant =
            after.containsKey(name) || !name.equals(RunDocuments.EXTRA)
                ? Invariant.I6
                : Invariant.I9;
        violated(invariant, change, author + " changed the field " + name);
      }
    }
    for (var name : after.keySet()) {
      if (!except.contains(name) && !before.containsKey(name)) {
        violated(Invariant.I6, change, author + " added the field " + name);
      }
    }
  }

  private static Map<?, ?> steps(Optional<Document> run) {
    return StoredState.map(fields(run).get("steps"));
  }

  private static Map<?, ?> fields(Optional<Document> document) {
    return document.<Map<?, ?>>map(it -> it.data()).orElse(Map.of());
  }

  private static StepKey key(Change change, String step) {
    return new StepKey(new RunId(change.ref().id()), new StepId(step));
  }

  private void violated(Invariant invariant, Change change, String what) {
    world.violated(new Violation(invariant, change.ref().id(), what));
  }
}
