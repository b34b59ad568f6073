package io.tda.worker.local.sim;

import io.tda.worker.id.StepKey;
import io.tda.worker.message.StepClaimed;
import java.util.HashSet;
import java.util.Set;

/** Claims and their messages: I1, and that no message is dropped that is still needed: I5. */
final class ClaimChecks {
  private final World world;
  private final StoredState state;
  private final Set<String> made = new HashSet<>();

  ClaimChecks(World world, StoredState state) {
    this.world = world;
    this.state = state;
  }

  /** A claim was committed. */
  void claimed(StepKey step, String claimId) {
    if (!made.add(claimId)) {
      violated(Invariant.I1, step, "claim " + claimId + " was made twice");
    }
  }

  void published(Work work, StepClaimed message) {
    var claim = message.claim();
    if (!made.contains(claim.id().value())) {
      violated(
          Invariant.I1,
          claim.step(),
          work + " announces claim " + claim.id() + ", which nobody made");
    }
  }

  void acknowledged(StepClaimed message) {
    var claim = message.claim();
    var step = claim.step();
    if (state.isOwed(step) && claim.id().value().equals(state.lease(step).get("claimId"))) {
      violated(
          Invariant.I5,
          step,
          "the message of claim " + claim.id() + " is dropped, but still needed");
    }
  }

  private void violated(Invariant invariant, StepKey step, String what) {
    world.violated(new Violation(invariant, Invariants.subject(step), what));
  }
}
