package io.tda.worker.local.sim;

import io.tda.worker.dispatcher.StepPublisher;
import io.tda.worker.executor.Delivery;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.message.StepClaimedJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Pub/Sub: a topic with a push subscription that keeps the order of a key, redelivers, counts badly
 * and dead-letters.
 */
final class SimulatedTopic {
  private static final Duration ACK_DEADLINE = Duration.ofMinutes(10);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);
  private static final Duration SHORTEST_BACKOFF = Duration.ofSeconds(10);

  private final World world;
  private final Faults faults;
  private final Invariants invariants;
  private final int maxAttempts;
  private final Map<String, Queue<Message>> queues = new HashMap<>();
  private @Nullable Fleet<ExecutorService> executors;
  private long published;

  /** A message on its way. */
  static final class Message {
    private final String id;
    private final String key;
    private final byte[] data;
    private final @Nullable StepClaimed claim;
    private int attempts;
    private boolean deadLettered;

    Message(String id, String key, byte[] data, @Nullable StepClaimed claim) {
      this.id = id;
      this.key = key;
      this.data = data;
      this.claim = claim;
    }

    byte[] data() {
      return data;
    }

    @Nullable StepClaimed claim() {
      return claim;
    }
  }

  SimulatedTopic(World world, Faults faults, Invariants invariants, int maxAttempts) {
    this.world = world;
    this.faults = faults;
    this.invariants = invariants;
    this.maxAttempts = maxAttempts;
  }

  /** Delivers to these from now on. */
  void deliverTo(Fleet<ExecutorService> fleet) {
    executors = fleet;
  }

  /** The topic as this process sees it. */
  StepPublisher seenBy(SimulatedProcess process) {
    var network = new Network(world, process);
    return (message, _) -> publish(network, message);
  }

  /** A message that no version of the worker can read. */
  void publishUnreadable() {
    enqueue("unreadable", "{\"schemaVersion\": 99}".getBytes(StandardCharsets.UTF_8), null);
  }

  private StepPublisher.PublishResult publish(Network network, StepClaimed message) {
    network.process().checkpoint();
    var work = Work.current();
    var fault = new StepException(StepError.of(ErrorCode.INTERNAL, "the topic is unavailable"));
    try {
      if (faults.strikes(Fault.PUBLISH_UNAVAILABLE)) {
        throw network.refused(network.way(), fault);
      }
      if (faults.strikes(Fault.PUBLISH_ANSWER_LOST)) {
        var there = network.way();
        throw network.unknown(there, () -> accept(work, message), there.plus(network.way()), fault);
      }
      return network.request(network.way(), () -> accept(work, message));
    } catch (StepException e) {
      return new StepPublisher.PublishResult.NotPublished(e.error());
    }
  }

  private StepPublisher.PublishResult accept(Work work, StepClaimed message) {
    var key = message.claim().step().toString();
    var data = StepClaimedJson.data(message);
    world.say(work.name(), () -> "publish " + key + " claim " + message.claim().id());
    invariants.published(work, message, data);
    if (faults.strikes(Fault.MESSAGE_LOST)) {
      return new StepPublisher.PublishResult.Published("message-lost", key);
    }
    var id = enqueue(key, data, message);
    return new StepPublisher.PublishResult.Published(id, key);
  }

  private String enqueue(String key, byte[] data, @Nullable StepClaimed claim) {
    var message = new Message("message-" + ++published, key, extended(data), claim);
    var queue = queues.computeIfAbsent(key, _ -> new ArrayDeque<>());
    queue.add(message);
    if (queue.size() == 1) {
      deliverSoon(message);
    }
    return message.id;
  }

  /** A newer version may have more to say. */
  private byte[] extended(byte[] data) {
    if (!faults.strikes(Fault.MESSAGE_EXTENDED)) {
      return data;
    }
    var text = new String(data, StandardCharsets.UTF_8);
    return (text.substring(0, text.length() - 1) + ",\"ofTomorrow\":1}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private void deliverSoon(Message message) {
    var delay =
        faults.strikes(Fault.MESSAGE_DELAYED)
            ? world.between(Duration.ofMinutes(1), Duration.ofMinutes(25))
            : world.between(Duration.ofMillis(5), Duration.ofMillis(300));
    world.after(delay, () -> deliver(message));
  }

  private void deliver(Message message) {
    message.attempts++;
    if (faults.strikes(Fault.MESSAGE_DUPLICATE)) {
      world.after(
          world.between(Duration.ZERO, Duration.ofSeconds(world.chance(0.5) ? 1 : 300)),
          () -> push(message, new Answered(_ -> {})));
    }
    var answered = new Answered(done -> answered(message, done));
    if (faults.strikes(Fault.PUSH_LOST)) {
      world.after(ACK_DEADLINE, () -> answered.answer(false));
      return;
    }
    var deadline =
        faults.strikes(Fault.DEADLINE_PASSED_EARLY)
            ? world.between(Duration.ofMillis(10), Duration.ofMinutes(2))
            : ACK_DEADLINE;
    world.after(deadline, () -> answered.answer(false));
    push(message, answered);
  }

  private void push(Message message, Answered answered) {
    var executor = executors == null ? Optional.<ExecutorService>empty() : executors.pick();
    if (executor.isEmpty()) {
      answered.answer(false);
      return;
    }
    int count =
        faults.strikes(Fault.ATTEMPT_MISCOUNTED)
            ? world.random().nextInt(0, message.attempts + 1)
            : message.attempts;
    executor.get().push(message, new Delivery(message.id, count, null), answered);
  }

  private void answered(Message message, boolean done) {
    if (done && !faults.strikes(Fault.ACK_LOST)) {
      invariants.acknowledged(message.claim);
      next(message);
    } else if (message.attempts >= maxAttempts || faults.strikes(Fault.DEAD_LETTERED_EARLY)) {
      deadLetter(message);
      next(message);
    } else {
      world.after(backoff(message.attempts), () -> deliver(message));
    }
  }

  /** Only now may the next message of the key be delivered. */
  private void next(Message done) {
    var queue = queues.get(done.key);
    if (queue != null && queue.peek() == done) {
      queue.remove();
      var next = queue.peek();
      if (next != null) {
        deliverSoon(next);
      }
    }
  }

  private void deadLetter(Message message) {
    if (!message.deadLettered) {
      message.deadLettered = true;
      world.say("pubsub", () -> "dead letter " + message.id + " " + message.key);
      world.after(Duration.ofMillis(500), () -> pushDeadLetter(message, 1));
    }
  }

  private void pushDeadLetter(Message message, int attempt) {
    var answered =
        new Answered(done -> {
          if (done) {
            invariants.acknowledged(message.claim);
          } else {
            world.after(backoff(attempt), () -> pushDeadLetter(message, attempt + 1));
          }
        });
    var executor = executors == null ? Optional.<ExecutorService>empty() : executors.pick();
    executor.ifPresentOrElse(
        it -> it.deadLetter(message, new Delivery(message.id, attempt, null), answered),
        () -> answered.answer(false));
  }

  private Duration backoff(int attempts) {
    var bound = SHORTEST_BACKOFF.multipliedBy(1L << Math.min(attempts - 1, 6));
    var longest = bound.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : bound;
    return world.between(SHORTEST_BACKOFF, longest);
  }
}
