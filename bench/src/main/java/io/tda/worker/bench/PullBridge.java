package io.tda.worker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tda.worker.bench.stack.Cloud;
import io.tda.worker.emulator.pubsub.PubSubSetup;
import io.tda.worker.id.RunId;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Brings messages from the topic to the executor in place of the emulator, which has no more than
 * two pushes under way and looks for messages every 100 ms.
 */
final class PullBridge implements AutoCloseable {
  private static final String SUBSCRIPTION = "bench-pull";
  private static final int PAUSE_MILLIS = 5;

  private final Stack stack;
  private final Consumer<RunId> ended;
  private final PubSubSetup topics;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger failures = new AtomicInteger();

  private PullBridge(Stack stack, Consumer<RunId> ended) {
    this.stack = stack;
    this.ended = ended;
    this.topics = stack.cloud().topics();
  }

  /**
   * Starts it.
   *
   * @param ended is told of each run whose push was answered
   */
  static PullBridge start(Stack stack, Consumer<RunId> ended) {
    var bridge = new PullBridge(stack, ended);
    bridge.topics.createPullSubscription(SUBSCRIPTION, Cloud.TOPIC);
    bridge.threads.execute(bridge::pull);
    return bridge;
  }

  /** Pushes that were not answered as done. */
  int failures() {
    return failures.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    topics.deleteSubscription(SUBSCRIPTION);
  }

  private void pull() {
    try {
      while (!threads.isShutdown()) {
        var messages = topics.pull(SUBSCRIPTION);
        for (var message : messages) {
          threads.execute(() -> push(message));
        }
        Thread.sleep(messages.isEmpty() ? PAUSE_MILLIS : 0);
      }
    } catch (InterruptedException | RuntimeException e) {
      // The end interrupts what it waits for; before it, that is a failure.
      if (!threads.isShutdown()) {
        failures.incrementAndGet();
      }
    }
  }

  private void push(JsonNode message) {
    var envelope = JsonNodeFactory.instance.objectNode();
    envelope.set("message", message);
    envelope.put("subscription", "projects/" + Cloud.PROJECT + "/subscriptions/" + SUBSCRIPTION);
    try {
      stack.push(
          new Deliveries.Post(
              Map.of("content-type", "application/json"), envelope.toString().getBytes(UTF_8)));
      ended.accept(new RunId(message.path("attributes").path("runId").asText()));
    } catch (Exception e) {
      failures.incrementAndGet();
    }
  }
}
