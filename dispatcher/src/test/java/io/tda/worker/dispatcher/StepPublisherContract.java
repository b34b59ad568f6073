package io.tda.worker.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.dispatcher.StepPublisher.PublishResult.NotPublished;
import io.tda.worker.dispatcher.StepPublisher.PublishResult.Published;
import io.tda.worker.flow.Claim;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.message.StepClaimed;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link StepPublisher} does. Each test uses a topic of its own. */
public abstract class StepPublisherContract {
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  /** Makes a topic whose messages are kept from now on. */
  protected abstract void createTopic(String topic);

  /** A publisher to a topic that may not be there. */
  protected abstract StepPublisher publisher(String topic);

  /** The first messages that came, in their order for each key. */
  protected abstract List<StepClaimed> messages(String topic, int count);

  @Test
  protected void publish_givesTheMessagesIdAndOrderingKey() {
    createTopic("ids");

    var result = publisher("ids").publish(message("a", 1), TRACEPARENT);
    assertThat(result).isInstanceOf(Published.class);
    assertThat(((Published) result).messageId()).isNotEmpty();
    assertThat(((Published) result).orderingKey()).isEqualTo("run-1/a");
  }

  @Test
  protected void publish_deliversTheMessageAsItWas() {
    createTopic("contents");
    publisher("contents").publish(message("a", 1), null);

    assertThat(messages("contents", 1)).containsExactly(message("a", 1));
  }

  @Test
  protected void publish_keepsTheOrderOfOneKey() {
    createTopic("ordered");
    var publisher = publisher("ordered");
    var messages = IntStream.rangeClosed(1, 20).mapToObj(i -> message("a", i)).toList();
    messages.forEach(message -> publisher.publish(message, null));

    assertThat(messages("ordered", 20)).isEqualTo(messages);
  }

  @Test
  protected void publish_deliversTheSameClaimAgain() {
    createTopic("repeated");
    var publisher = publisher("repeated");
    publisher.publish(message("a", 1), null);
    publisher.publish(message("a", 1), null);

    assertThat(messages("repeated", 2)).containsExactly(message("a", 1), message("a", 1));
  }

  @Test
  protected void publish_saysNotPublished_whenThereIsNoSuchTopic() {
    var result = publisher("absent").publish(message("a", 1), null);

    assertThat(result).isInstanceOf(NotPublished.class);
    assertThat(((NotPublished) result).error().message()).isEqualTo("claim was not published");
  }

  @Test
  protected void publish_works_whenThePublishBeforeFailed() {
    var publisher = publisher("late");
    assertThat(publisher.publish(message("a", 1), null)).isInstanceOf(NotPublished.class);
    createTopic("late");

    assertThat(publisher.publish(message("a", 2), null)).isInstanceOf(Published.class);
    assertThat(messages("late", 1)).containsExactly(message("a", 2));
  }

  /** A claim of this step of run-1. */
  protected static StepClaimed message(String step, int attempt) {
    var key = new StepKey(new RunId("run-1"), new StepId(step));
    var id = new ClaimId("01940000-0000-7000-8000-000000000001");
    var claimedAt = Instant.parse("2025-12-24T06:10:00Z");
    return new StepClaimed(
        new Claim(key, "LLM_REPORT", id, attempt, "event-1", claimedAt), "4h", "flow-1");
  }
}
