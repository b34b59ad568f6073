package io.tda.worker.dispatcher;

import io.tda.worker.flow.StepError;
import io.tda.worker.message.StepClaimed;
import org.jspecify.annotations.Nullable;

/**
 * The port to the topic. At-least-once: a message may be published although its answer was lost, so
 * publishing the same claim again is always safe.
 */
public interface StepPublisher {

  /**
   * Publishes a claim and waits until the service has it.
   *
   * @param traceparent goes along with the message; null where there is none
   */
  PublishResult publish(StepClaimed message, @Nullable String traceparent);

  /** What became of a message. */
  sealed interface PublishResult {

    /** The service has the message and will deliver it. */
    record Published(String messageId, String orderingKey) implements PublishResult {}

    /** It is unknown whether the service has the message. */
    record NotPublished(StepError error) implements PublishResult {}
  }
}
