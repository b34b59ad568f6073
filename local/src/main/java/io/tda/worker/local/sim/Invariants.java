package io.tda.worker.local.sim;

import io.tda.worker.adapter.memory.Change;
import io.tda.worker.id.StepKey;
import io.tda.worker.message.StepClaimed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks after every event that everything is as it always has to be, see spec 1.5. */
final class Invariants {
  private final Holdings holdings;
  private final Canaries canaries;
  private final CallChecks calls;
  private final CommitChecks commits;
  private final ReportChecks reports;
  private final ClaimChecks claims;

  Invariants(World world, SimulationPlan plan) {
    var state = new StoredState();
    canaries = new Canaries(world);
    holdings = new Holdings();
    claims = new ClaimChecks(world, state);
    reports = new ReportChecks(world, state);
    calls = new CallChecks(world, plan, holdings, state);
    commits = new CommitChecks(world, plan, holdings, claims, reports, canaries);
    this.state = state;
  }

  private final StoredState state;

  /** Shows the checker what it looks at. */
  void watch(SimulatedFirestore firestore, SimulatedStorage storage) {
    state.watch(firestore, storage);
    firestore.onCommit(this::committed);
  }

  private void committed(@Nullable Work author, List<Change> changes) {
    commits.committed(author, changes);
  }

  /** A message was accepted by the topic. */
  void published(Work work, StepClaimed message, byte[] data) {
    canaries.published(message, data);
    claims.published(work, message);
  }

  /** A message will not come again. */
  void acknowledged(@Nullable StepClaimed message) {
    if (message != null) {
      claims.acknowledged(message);
    }
  }

  /** What is checked of requests to the model and of deliveries. */
  CallChecks calls() {
    return calls;
  }

  /** What is checked of objects. */
  ReportChecks reports() {
    return reports;
  }

  /** What is looked for where it must not be. */
  Canaries canaries() {
    return canaries;
  }

  /** The step as the subject of a violation. */
  static String subject(StepKey step) {
    return step.toString();
  }
}
