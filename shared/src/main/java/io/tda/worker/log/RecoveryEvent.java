package io.tda.worker.log;

import io.tda.worker.flow.StepError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What brings stuck steps and missed events back: dead letters, the sweep, the reconcile. */
public sealed interface RecoveryEvent extends LogEvent {

  /**
   * A message used up its deliveries.
   *
   * @param payload size and hash of a message that is no claim; null for one that is
   */
  record ClaimDeadLettered(Outcome outcome, @Nullable Payload payload) implements RecoveryEvent {
    /** What was done about it. */
    public enum Outcome {
      /** The step was ended as failed. */
      FAILED,
      /** A report was there already, and the step has ended with it. */
      SUCCEEDED,
      /** The claim was void anyway. */
      STALE,
      /** Nobody can tell which step it was about. */
      UNREADABLE
    }

    /** What may be said of a payload. */
    public record Payload(long bytes, String sha256) {}

    @Override
    public Map<String, Object> fields() {
      return Fields.of("outcome", outcome)
          .with("bytes", payload == null ? null : payload.bytes())
          .with("sha256", payload == null ? null : payload.sha256())
          .map();
    }
  }

  /** The sweep looks for expired leases. */
  record SweepStarted() implements RecoveryEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.none();
    }
  }

  /**
   * The sweep has ended.
   *
   * @param expired how many leases were looked at
   * @param reclaimed steps that got another try, or their message once more
   * @param failed steps that were given up
   * @param deleted leases that nobody needed any more
   * @param complete whether all that had expired was dealt with, or a limit or a fault left some of
   *     it to the next sweep
   */
  record SweepFinished(int expired, int reclaimed, int failed, int deleted, boolean complete)
      implements RecoveryEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("expired", expired)
          .with("reclaimed", reclaimed)
          .with("failed", failed)
          .with("deleted", deleted)
          .with("complete", complete)
          .map();
    }
  }

  /**
   * A step whose executor died was claimed anew.
   *
   * @param attempt which claim of the step this is, at least 2
   */
  record StepReclaimed(int attempt) implements RecoveryEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("attempt", attempt).map();
    }
  }

  /** The reconcile looks for steps whose event was lost. */
  record ReconcileStarted() implements RecoveryEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.none();
    }
  }

  /**
   * The reconcile has ended.
   *
   * @param runs how many running runs were looked at
   * @param claimed how many steps were found and claimed, those without a lease included
   * @param complete whether it came to the end, or a limit or a fault left runs to the next one
   */
  record ReconcileFinished(int runs, int claimed, boolean complete) implements RecoveryEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("runs", runs).with("claimed", claimed).with("complete", complete).map();
    }
  }

  /** A RUNNING step had no lease; it was claimed anew. */
  record LeaseMissing() implements RecoveryEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.none();
    }
  }

  /** A sweep or a reconcile met a fault; what it was about is left to the next one. */
  record RecoveryFailed(StepError error) implements RecoveryEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("error", Fields.reduced(error)).map();
    }
  }

  @Override
  default String name() {
    return switch (this) {
      case ClaimDeadLettered _ -> "claim_dead_lettered";
      case SweepStarted _ -> "sweep_started";
      case SweepFinished _ -> "sweep_finished";
      case StepReclaimed _ -> "step_reclaimed";
      case ReconcileStarted _ -> "reconcile_started";
      case ReconcileFinished _ -> "reconcile_finished";
      case LeaseMissing _ -> "lease_missing";
      case RecoveryFailed _ -> "recovery_failed";
    };
  }

  @Override
  default Severity severity() {
    return switch (this) {
      // A message nobody can read is repeated by nobody; a failed step has a line of its own.
      case ClaimDeadLettered letter ->
          letter.outcome() == ClaimDeadLettered.Outcome.UNREADABLE
              ? Severity.ERROR
              : Severity.WARNING;
      case SweepStarted _, ReconcileStarted _ -> Severity.DEBUG;
      case SweepFinished _, ReconcileFinished _ -> Severity.INFO;
      case StepReclaimed _, LeaseMissing _, RecoveryFailed _ -> Severity.WARNING;
    };
  }
}
