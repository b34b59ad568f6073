package io.tda.worker.log;

import java.util.Map;

/** What the executor says of one delivery of a claim, and of the lease it works under. */
public sealed interface DeliveryEvent extends LogEvent {

  /**
   * A claim was delivered.
   *
   * @param deliveryAttempt 1 for the first delivery of the message
   */
  record StepClaimedReceived(int deliveryAttempt) implements DeliveryEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("deliveryAttempt", deliveryAttempt).map();
    }
  }

  /** The message speaks of a claim that is void; it is acknowledged. */
  record StepClaimStale(Reason reason) implements DeliveryEvent {
    /** What shows that the claim is void. */
    public enum Reason {
      STEP_FINAL,
      STEP_GONE,
      LEASE_GONE,
      OTHER_CLAIM
    }

    @Override
    public Map<String, Object> fields() {
      return Fields.of("reason", reason).map();
    }
  }

  /** Another delivery is at work; this one comes back later. */
  record ExecutionInProgress() implements DeliveryEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.none();
    }
  }

  /**
   * This delivery may work on the step.
   *
   * @param takenOver whether an executor before this one died
   */
  record LeaseAcquired(int deliveries, int modelCalls, boolean takenOver) implements DeliveryEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("deliveries", deliveries)
          .with("modelCalls", modelCalls)
          .with("takenOver", takenOver)
          .map();
    }
  }

  /** Somebody else holds the lease now; this delivery writes nothing. */
  record LeaseLost() implements DeliveryEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.none();
    }
  }

  /**
   * The step was handed back for a later delivery.
   *
   * @param modelCalls how often a model was called under this claim so far
   */
  record LeaseReleased(int modelCalls) implements DeliveryEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("modelCalls", modelCalls).map();
    }
  }

  /** The run or the step was ended by its owner; nothing is written. */
  record StepCancelled() implements DeliveryEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.none();
    }
  }

  @Override
  default String name() {
    return switch (this) {
      case StepClaimedReceived _ -> "step_claimed_received";
      case StepClaimStale _ -> "step_claim_stale";
      case ExecutionInProgress _ -> "execution_in_progress";
      case LeaseAcquired _ -> "lease_acquired";
      case LeaseLost _ -> "lease_lost";
      case LeaseReleased _ -> "lease_released";
      case StepCancelled _ -> "step_cancelled";
    };
  }

  @Override
  default Severity severity() {
    return switch (this) {
      case StepClaimedReceived _,
          StepClaimStale _,
          ExecutionInProgress _,
          LeaseAcquired _,
          LeaseReleased _,
          StepCancelled _ ->
          Severity.INFO;
      case LeaseLost _ -> Severity.WARNING;
    };
  }
}
