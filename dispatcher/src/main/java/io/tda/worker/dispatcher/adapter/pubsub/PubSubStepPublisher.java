package io.tda.worker.dispatcher.adapter.pubsub;

import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.pubsub.v1.PublishRequest;
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
 * Publishes claims to a Pub/Sub topic, one message a request. What one thread publishes under one
 * key arrives in that order, because it waits for each. Build it once: its connection is what makes
 * a publish take a few milliseconds.
 *
 * <p>It makes the call itself and not through the client's {@code Publisher}: that one retries an
 * ordered message for as long as it lives, pauses the key after a failure, and does not close while
 * a message waits. See the rationale.
 */
public final class PubSubStepPublisher implements StepPublisher, AutoCloseable {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

  private final TopicAdminClient client;
  private final TopicName topic;
  private final OrderingScope scope;
  private final Duration budget;

  private PubSubStepPublisher(
      TopicAdminClient client, TopicName topic, OrderingScope scope, Duration budget) {
    this.client = client;
    this.topic = topic;
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
    var settings = PublishSettings.within(budget);
    if (emulatorHost != null) {
      EmulatorChannel.configure(settings, emulatorHost);
    }
    try {
      var client = TopicAdminClient.create(settings.build());
      var name = TopicName.of(topic.project(), topic.id());
      return new PubSubStepPublisher(client, name, scope, budget);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The full name of a topic. */
  public record Topic(String project, String id) {}

  @Override
  public PublishResult publish(StepClaimed message, @Nullable String traceparent) {
    var pubsubMessage = StepClaimedMessage.of(message, scope, traceparent);
    var request =
        PublishRequest.newBuilder().setTopic(topic.toString()).addMessages(pubsubMessage).build();
    var answer = client.publishCallable().futureCall(request);
    try {
      var ids = answer.get(budget.toMillis(), TimeUnit.MILLISECONDS).getMessageIdsList();
      return new PublishResult.Published(ids.getFirst(), pubsubMessage.getOrderingKey());
    } catch (ExecutionException e) {
      return new PublishResult.NotPublished(PublishFault.of(e.getCause()));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new PublishResult.NotPublished(PublishFault.timeout());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new PublishResult.NotPublished(PublishFault.interrupted());
    }
  }

  /**
   * Opens the connection and fetches credentials, by a question that anybody may ask. What fails is
   * of no interest: an emulator, for one, does not know the question.
   */
  public void warmUp() {
    var question =
        TestIamPermissionsRequest.newBuilder()
            .setResource(topic.toString())
            .addPermissions("pubsub.topics.publish")
            .build();
    try {
      client
          .testIamPermissionsCallable()
          .futureCall(question)
          .get(budget.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // See above.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits up to 2 s for what is being published, then ends it; safe to repeat. */
  @Override
  public void close() {
    client.shutdown();
    try {
      if (!client.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        client.shutdownNow();
      }
    } catch (InterruptedException e) {
      client.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
