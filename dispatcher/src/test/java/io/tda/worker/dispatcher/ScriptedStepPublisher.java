package io.tda.worker.dispatcher;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.message.StepClaimed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives the answers it was told to, one a message, and after them those of another publisher. */
final class ScriptedStepPublisher implements StepPublisher {
  private final StepPublisher next;
  private final Deque<Supplier<PublishResult>> script = new ArrayDeque<>();
  private final List<StepClaimed> refused = new ArrayList<>();

  ScriptedStepPublisher(StepPublisher next) {
    this.next = next;
  }

  /** Loses the next message. */
  void failOnce() {
    script.add(() ->
        new PublishResult.NotPublished(StepError.of(ErrorCode.INTERNAL, "publishing failed")));
  }

  /** Shows a bug at the next message. */
  void throwOnce(RuntimeException bug) {
    script.add(() -> {
      throw bug;
    });
  }

  /** What it did not pass on. */
  List<StepClaimed> refused() {
    return List.copyOf(refused);
  }

  @Override
  public PublishResult publish(StepClaimed message, @Nullable String traceparent) {
    var answer = script.poll();
    if (answer == null) {
      return next.publish(message, traceparent);
    }
    refused.add(message);
    return answer.get();
  }
}
