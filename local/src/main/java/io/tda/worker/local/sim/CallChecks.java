package io.tda.worker.local.sim;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.id.StepKey;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.message.StepClaimed;
import java.time.Duration;

/** Calls of the model and what becomes of them: I3; the time in which calls may start: I8. */
final class CallChecks {
  private final World world;
  private final SimulationPlan plan;
  private final Holdings holdings;
  private final StoredState state;

  CallChecks(World world, SimulationPlan plan, Holdings holdings, StoredState state) {
    this.world = world;
    this.plan = plan;
    this.holdings = holdings;
    this.state = state;
  }

  /** A report is about to be written: whoever has lost the lease must know by now. */
  void writesReport(Work work, GcsUri uri) {
    var holding = holdings.of(work);
    if (holding == null || !StoredState.reportUri(holding.step()).equals(uri)) {
      return;
    }
    var lease = state.lease(holding.step());
    if (holding.claimId().equals(lease.get("claimId"))
        && !work.name().equals(lease.get("executorId"))
        && work.storeFaults() < 2) {
      violated(Invariant.I2, holding.step(), work + " writes a report without the lease");
    }
  }

  /** The report's own place is a part of ending the step, and always allowed. */
  void uses(Work work, GcsUri uri) {
    var own =
        work.message().map(it -> StoredState.reportUri(it.claim().step())).filter(uri::equals);
    if (own.isEmpty()) {
      starts(work, "uses an object");
    }
  }

  void modelAsked(Work work, LLMRequest request) {
    var step = step(work);
    var holding = holdings.of(work);
    if (holding == null || work.kind() == Work.Kind.DEAD_LETTER) {
      violated(Invariant.I3, step, work + " asks the model without the right to");
      return;
    }
    holding.called(request.repair() != null);
    int spent = holdings.called(holding);
    if (holding.calls() > plan.habits().modelAttempts() || holding.repairs() > 1) {
      violated(Invariant.I3, step, work + " asks the model again under one lease");
    }
    // Who dies counts as one call, and may have made all attempts and a repair.
    int unknown = plan.habits().modelAttempts() * holdings.lost(holding.claimId());
    if (spent > plan.deliveries().maxModelCalls() + unknown) {
      violated(Invariant.I3, step, "call " + spent + " of one claim");
    }
    checkPrompt(step, request);
  }

  void modelAnswered(Work work) {
    var holding = holdings.of(work);
    if (holding != null) {
      holding.answered();
    }
  }

  /** A delivery ended by itself. */
  void ended(Work work, String outcome) {
    var holding = holdings.of(work);
    if (holding == null) {
      return;
    }
    var step = holding.step();
    boolean undisturbed = holding.excuse() == null;
    if (undisturbed
        && work.storeFaults() == 0
        && work.executorId().get().equals(state.lease(step).get("executorId"))) {
      violated(Invariant.I8, step, work + " ended as " + outcome + ", and left its lease behind");
    }
    if (undisturbed
        && holding.isAnswered()
        && work.objectFaults() == 0
        && state.isOwed(step)
        && holding.claimId().equals(state.lease(step).get("claimId"))
        && state.report(step) == null) {
      violated(Invariant.I3, step, work + " threw away an answer that was paid for");
    }
  }

  private void checkPrompt(StepKey step, LLMRequest request) {
    var inputs = StoredState.map(state.step(step).get("inputs"));
    var promptId = StoredState.map(inputs.get("llm")).get("promptId");
    if (promptId instanceof String id
        && !request.prompt().systemInstruction().equals(RunDocuments.systemInstruction(id))) {
      violated(Invariant.I4, step, "the model is asked with another step's prompt");
    }
  }

  /** A call is about to be made. A process that is stopped only now cannot know. */
  void starts(Work work, String what) {
    if (work.kind() != Work.Kind.DELIVERY) {
      return;
    }
    var elapsed = Duration.between(work.startedAt(), work.process().clock().instant());
    var budget = SimulationPlan.BUDGET;
    if (elapsed.compareTo(budget.invocation().minus(budget.finalizeReserve())) > 0) {
      violated(Invariant.I8, step(work), work + " " + what + " after " + elapsed);
    }
  }

  private static StepKey step(Work work) {
    return work.message().map(StepClaimed::claim).orElseThrow().step();
  }

  private void violated(Invariant invariant, StepKey step, String what) {
    world.violated(new Violation(invariant, Invariants.subject(step), what));
  }
}
