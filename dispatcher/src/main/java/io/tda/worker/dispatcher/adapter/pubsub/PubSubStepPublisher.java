package io.tda.worker.dispatcher.adapter.pubsub;

import com.google.cloud.pubsub.v1.Publisher;
import com.google.pubsub.v1.TopicName;
import io.tda.worker.dispatcher.StepPublisher;
import io.tda.worker.message.OrderingScope;
import io.tda.worker.message.StepClaimed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes claims to a Pub/Sub topic, in order for each key and one message a request. Build it
 * once: its connection is what makes a publish take a millisecond or two.
 */
public final class PubSubStepPublisher implements StepPublisher, AutoCloseable {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final Publisher publisher;
  private final @Nullable EmulatorChannel emulator;
  private final OrderingScope scope;
  private final Duration budget;

  private PubSubStepPublisher(
      Publisher publisher,
      @Nullable EmulatorChannel emulator,
      OrderingScope scope,
      Duration budget) {
    this.publisher = publisher;
    this.emulator = emulator;
    this.scope = scope;
    this.budget = budget;
  }

  /**
   * A publisher to this topic; no call is made yet.
   *
   * @param budget how long one publish may take, the client's retries included
   * @param emulatorHost the value of {@code PUBSUB_EMULATOR_HOST}; null for Pub/Sub itself, with
   *     the application default credentials
   */
  public static PubSubStepPublisher connect(
      Topic topic, OrderingScope scope, Duration budget, @Nullable String emulatorHost) {
    var builder =
        PublisherSettings.bounded(
            Publisher.newBuilder(TopicName.of(topic.project(), topic.id())), budget);
    var emulator = emulatorHost == null ? null : EmulatorChannel.to(emulatorHost);
    if (emulator != null) {
      emulator.configure(builder);
    }
    try {
      return new PubSubStepPublisher(builder.build(), emulator, scope, budget);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The full name of a topic. */
  public record Topic(String project, String id) {}

  @Override
  public PublishResult publish(StepClaimed message, @Nullable String traceparent) {
    var pubsubMessage = StepClaimedMessage.of(message, scope, traceparent);
    var orderingKey = pubsubMessage.getOrderingKey();
    try {
      var id = publisher.publish(pubsubMessage).get(budget.toMillis(), TimeUnit.MILLISECONDS);
      return new PublishResult.Published(id, orderingKey);
    } catch (ExecutionException e) {
      // The client pauses a key after a failure and refuses all that follows.
      publisher.resumePublish(orderingKey);
      return new PublishResult.NotPublished(PublishFault.of(e.getCause()));
    } catch (TimeoutException e) {
      return new PublishResult.NotPublished(PublishFault.timeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new PublishResult.NotPublished(PublishFault.interrupted());
    }
  }

  /** Waits up to 5 s for what is being published, then closes the connection. */
  @Override
  public void close() {
    publisher.shutdown();
    try {
      publisher.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (emulator != null) {
      emulator.close();
    }
  }
}
