package io.tda.worker.log;

import io.tda.worker.flow.StepError;
import java.util.Map;

/** Selection, claim, and the message that tells of it. */
public sealed interface ClaimEvent extends LogEvent {

  /** A step may be claimed. */
  record ReadyStepSelected() implements ClaimEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.none();
    }
  }

  /**
   * One try to claim steps has ended.
   *
   * @param attempt 1 for the first try of this event
   */
  record ClaimAttempt(boolean claimed, Reason reason, int attempt) implements ClaimEvent {
    /** How the try ended. */
    public enum Reason {
      OK,
      /** Somebody else changed the run first. */
      PRECONDITION_FAILED,
      ERROR
    }

    @Override
    public Map<String, Object> fields() {
      return Fields.of("claimed", claimed).with("reason", reason).with("attempt", attempt).map();
    }
  }

  /** The message is in the topic. */
  record StepClaimedPublished(String messageId, String orderingKey) implements ClaimEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("messageId", messageId).with("orderingKey", orderingKey).map();
    }
  }

  /** The message may not be in the topic; the event is redelivered. */
  record StepClaimedPublishFailed(StepError error) implements ClaimEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("error", Fields.reduced(error)).map();
    }
  }

  /** A claim's message was sent once more. */
  record StepClaimedRepublished(String messageId, String orderingKey) implements ClaimEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("messageId", messageId).with("orderingKey", orderingKey).map();
    }
  }

  @Override
  default String name() {
    return switch (this) {
      case ReadyStepSelected _ -> "ready_step_selected";
      case ClaimAttempt _ -> "claim_attempt";
      case StepClaimedPublished _ -> "step_claimed_published";
      case StepClaimedPublishFailed _ -> "step_claimed_publish_failed";
      case StepClaimedRepublished _ -> "step_claimed_republished";
    };
  }

  @Override
  default Severity severity() {
    return switch (this) {
      case ReadyStepSelected _, StepClaimedPublished _, StepClaimedRepublished _ -> Severity.INFO;
      // A lost race is no failure: somebody else has made progress.
      case ClaimAttempt attempt ->
          attempt.reason() == ClaimAttempt.Reason.ERROR ? Severity.WARNING : Severity.INFO;
      case StepClaimedPublishFailed _ -> Severity.WARNING;
    };
  }
}
