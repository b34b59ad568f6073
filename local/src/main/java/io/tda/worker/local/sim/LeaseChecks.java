package io.tda.worker.local.sim;

import io.tda.worker.adapter.memory.Change;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.store.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may happen to a lease, and by whom: I1 where it is made, I2 afterwards. */
final class LeaseChecks {
  /** Two clocks that are off as far as they may be. */
  private static final Duration SKEW = Duration.ofSeconds(10);

  private final World world;
  private final Holdings holdings;
  private final ClaimChecks claims;

  LeaseChecks(World world, Holdings holdings, ClaimChecks claims) {
    this.world = world;
    this.holdings = holdings;
    this.claims = claims;
  }

  /** A step became RUNNING. */
  void claimed(Work author, StepKey step, @Nullable Change lease) {
    var after = lease == null ? Map.<String, Object>of() : fields(lease.after());
    if (!"DISPATCHED".equals(after.get("state")) || !Long.valueOf(1).equals(after.get("attempt"))) {
      violated(Invariant.I1, step.toString(), author + " claimed a step without a lease");
      return;
    }
    claims.claimed(step, claimId(after));
  }

  /** A step that was RUNNING was claimed. */
  void adopted(Work author, StepKey step, @Nullable Change lease) {
    if (author.kind() != Work.Kind.RECONCILE || lease == null || lease.before().isPresent()) {
      violated(Invariant.I1, step.toString(), author + " claimed a step that is RUNNING");
    } else {
      claimed(author, step, lease);
    }
  }

  /** A step ended that was RUNNING. */
  void ended(Work author, StepKey step, @Nullable Change lease) {
    if (lease == null || lease.before().isEmpty()) {
      violated(Invariant.I2, step.toString(), author + " ended a step whose lease it did not have");
      return;
    }
    if (lease.after().isPresent()) {
      violated(Invariant.I5, step.toString(), author + " ended a step and left its lease");
    }
    var before = fields(lease.before());
    if (isHolder(author, before)) {
      holder(before).end();
    } else if (author.kind() != Work.Kind.SWEEP) {
      violated(
          Invariant.I2,
          step.toString(),
          author + " ended a step that " + before.get("executorId") + " holds");
    } else {
      supersede(author, lease.ref().id(), before);
    }
  }

  /** A lease changed, and its step did not. */
  void changedAlone(Work author, Change lease) {
    var before = fields(lease.before());
    var after = fields(lease.after());
    var id = lease.ref().id();
    if (before.isEmpty()) {
      violated(Invariant.I1, id, author + " made a lease without a claim");
    } else if (after.isEmpty()) {
      removed(author, before);
    } else if (!claimId(before).equals(claimId(after))) {
      reclaimed(author, id, before, after);
    } else if (!isHolder(author, before)) {
      taken(author, id, before, after);
    } else if (!"EXECUTING".equals(after.get("state"))) {
      holder(before).end();
    }
  }

  private void removed(Work author, Map<String, Object> before) {
    if (isHolder(author, before)) {
      holder(before).end();
    }
  }

  private void reclaimed(
      Work author, String id, Map<String, Object> before, Map<String, Object> after) {
    if (author.kind() != Work.Kind.SWEEP) {
      violated(Invariant.I1, id, author + " gave a lease another claim");
      return;
    }
    supersede(author, id, before);
    claims.claimed(step(after), claimId(after));
  }

  /** By somebody who did not hold it. */
  private void taken(
      Work author, String id, Map<String, Object> before, Map<String, Object> after) {
    switch (author.kind()) {
      case DELIVERY, DEAD_LETTER -> {
        if (!author.executorId().equals(Optional.ofNullable(after.get("executorId")))) {
          violated(Invariant.I2, id, author + " wrote a lease that it does not hold");
          return;
        }
        if ("EXECUTING".equals(before.get("state"))) {
          supersede(author, id, before);
        }
        holdings.begin(author, step(after), claimId(after));
      }
      case SWEEP -> {
        if ("EXECUTING".equals(before.get("state"))) {
          supersede(author, id, before);
        }
      }
      case EVENT, RECONCILE ->
          violated(Invariant.I2, id, author + " wrote a lease that it does not hold");
    }
  }

  /** Whoever held the lease must have let it expire, and must have had a reason. */
  private void supersede(Work author, String id, Map<String, Object> before) {
    if (!"EXECUTING".equals(before.get("state"))) {
      return;
    }
    if (!(before.get("expiresAt") instanceof Instant end) || end.isAfter(world.now().plus(SKEW))) {
      violated(Invariant.I2, id, author + " took a lease that has not expired");
    }
    var holder = holdings.of(before.get("executorId"));
    if (holder != null) {
      holdings.lost(holder);
      if (!holder.work().isEnded() && holder.excuse() == null) {
        violated(
            Invariant.I2,
            id,
            author + " superseded " + holder.work() + ", which is alive and well");
      }
    }
  }

  private static String claimId(Map<String, Object> lease) {
    return String.valueOf(lease.get("claimId"));
  }

  private static StepKey step(Map<String, Object> lease) {
    return new StepKey(
        new RunId(String.valueOf(lease.get("runId"))),
        new StepId(String.valueOf(lease.get("stepId"))));
  }

  private Holding holder(Map<String, Object> lease) {
    var holder = holdings.of(lease.get("executorId"));
    if (holder == null) {
      throw new IllegalStateException("a holder that nobody saw begin");
    }
    return holder;
  }

  private boolean isHolder(Work author, Map<String, Object> lease) {
    return "EXECUTING".equals(lease.get("state"))
        && author.executorId().filter(it -> it.equals(lease.get("executorId"))).isPresent();
  }

  private static Map<String, Object> fields(Optional<Document> document) {
    return document.map(Document::data).orElse(Map.of());
  }

  private void violated(Invariant invariant, String subject, String what) {
    world.violated(new Violation(invariant, subject, what));
  }
}
