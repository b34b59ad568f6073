package io.tda.worker.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.executor.Delivery;
import io.tda.worker.flow.Claim;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.local.runtime.InMemoryTopic.Answer;
import io.tda.worker.message.StepClaimed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The queue of the one-process runtime: at least once, in order by key, redelivery, last stop. */
final class InMemoryTopicTest {
  private static final Redelivery REDELIVERY =
      new Redelivery(Duration.ofMillis(1), Duration.ofMillis(4), 3);

  private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(4);
  private final List<String> deliveries = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> deadLetter = new CompletableFuture<>();

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Test
  void deliver_comesAgain_untilItIsAcknowledged() throws Exception {
    var done = new CompletableFuture<Integer>();
    var topic =
        topic((message, delivery) -> {
          if (delivery.attempt() < 3) {
            return Answer.NACK;
          }
          done.complete(delivery.attempt());
          return Answer.ACK;
        });
    topic.publish(message("a", 1), null);
    assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(deliveries).containsExactly("a#1.1", "a#1.2", "a#1.3");
  }

  @Test
  void deliver_endsAsADeadLetter_afterTheLastAttempt() throws Exception {
    topic((_, _) -> Answer.NACK).publish(message("a", 1), null);
    assertThat(deadLetter.get(10, TimeUnit.SECONDS)).isEqualTo("a#1.3");
  }

  @Test
  void deliver_keepsTheOrderOfAKey_evenWhenTheFirstHasToComeAgain() throws Exception {
    var done = new CompletableFuture<Void>();
    var topic =
        topic((message, delivery) -> {
          if (message.claim().attempt() == 2) {
            done.complete(null);
            return Answer.ACK;
          }
          return delivery.attempt() == 1 ? Answer.NACK : Answer.ACK;
        });
    topic.publish(message("a", 1), null);
    topic.publish(message("a", 2), null);
    done.get(10, TimeUnit.SECONDS);
    assertThat(deliveries).containsExactly("a#1.1", "a#1.2", "a#2.1");
  }

  @Test
  void deliver_doesNotMakeOneKeyWaitForAnother() throws Exception {
    var other = new CompletableFuture<Void>();
    var both = new CompletableFuture<Void>();
    var topic =
        topic((message, _) -> {
          if (message.claim().step().stepId().value().equals("b")) {
            other.complete(null);
          } else {
            other.orTimeout(10, TimeUnit.SECONDS).join();
            both.complete(null);
          }
          return Answer.ACK;
        });
    topic.publish(message("a", 1), null);
    topic.publish(message("b", 1), null);
    both.get(10, TimeUnit.SECONDS);
    assertThat(deliveries).containsExactlyInAnyOrder("a#1.1", "b#1.1");
  }

  @Test
  void deliver_hasOneMessageOfAKeyUnderWayAtATime() throws Exception {
    var underWay = new AtomicInteger();
    var most = new AtomicInteger();
    var left = new AtomicInteger(200);
    var done = new CompletableFuture<Void>();
    var topic =
        topic((_, _) -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          underWay.decrementAndGet();
          if (left.decrementAndGet() == 0) {
            done.complete(null);
          }
          return Answer.ACK;
        });
    for (int i = 1; i <= 200; i++) {
      topic.publish(message("a", i), null);
    }
    done.get(10, TimeUnit.SECONDS);
    assertThat(most).hasValue(1);
  }

  private InMemoryTopic topic(BiFunction<StepClaimed, Delivery, Answer> subscriber) {
    return new InMemoryTopic(
        new InMemoryTopic.Subscriber() {
          @Override
          public Answer deliver(StepClaimed message, Delivery delivery) {
            deliveries.add(name(message, delivery));
            return subscriber.apply(message, delivery);
          }

          @Override
          public void deadLetter(StepClaimed message, Delivery lastDelivery) {
            deadLetter.complete(name(message, lastDelivery));
          }
        },
        REDELIVERY,
        pool,
        pool);
  }

  private static String name(StepClaimed message, Delivery delivery) {
    var claim = message.claim();
    return claim.step().stepId() + "#" + claim.attempt() + "." + delivery.attempt();
  }

  private static StepClaimed message(String step, int attempt) {
    return new StepClaimed(
        new Claim(
            new StepKey(new RunId("run"), new StepId(step)),
            "LLM_REPORT",
            new ClaimId("019b4f6e-0000-7000-8000-000000000001"),
            attempt,
            "event",
            Instant.parse("2025-12-24T06:10:00Z")),
        null,
        null);
  }
}
