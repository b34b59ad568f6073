package io.tda.worker.dispatcher;

import io.tda.worker.flow.Claim;
import io.tda.worker.message.StepClaimed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes every message and remembers it. */
final class RecordingStepPublisher implements StepPublisher {
  private final List<Sent> sent = new CopyOnWriteArrayList<>();

  /** One message and its trace context. */
  record Sent(StepClaimed message, @Nullable String traceparent) {}

  @Override
  public PublishResult publish(StepClaimed message, @Nullable String traceparent) {
    sent.add(new Sent(message, traceparent));
    return new PublishResult.Published("message-" + sent.size(), message.claim().step().toString());
  }

  /** All messages so far. */
  List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** Their claims. */
  List<Claim> claims() {
    return sent.stream().map(one -> one.message().claim()).toList();
  }
}
