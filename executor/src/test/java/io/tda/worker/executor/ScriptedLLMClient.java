package io.tda.worker.executor;

import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.time.Cancellation;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Replays answers and errors in order, then one answer for ever; counts the calls. */
final class ScriptedLLMClient implements LLMClient {
  private final Queue<Supplier<LLMResponse>> script = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final String lastAnswer;
  private volatile Consumer<Cancellation> duringCall = _ -> {};

  ScriptedLLMClient(String lastAnswer) {
    this.lastAnswer = lastAnswer;
  }

  /** The next call is answered so. */
  void answers(String text) {
    script.add(() -> response(text));
  }

  /** The next call fails so. */
  void fails(StepError error) {
    fails(new StepException(error));
  }

  /** The next call fails so. */
  void fails(RuntimeException failure) {
    script.add(() -> {
      throw failure;
    });
  }

  /** What happens while the model thinks. */
  void during(Runnable action) {
    during(_ -> action.run());
  }

  /** The same, for what is interested in being told to end. */
  void during(Consumer<Cancellation> action) {
    duringCall = action;
  }

  int calls() {
    return calls.get();
  }

  @Override
  public LLMResponse generate(LLMRequest request, Duration deadline, Cancellation cancellation) {
    calls.incrementAndGet();
    duringCall.accept(cancellation);
    var next = script.poll();
    return next == null ? response(lastAnswer) : next.get();
  }

  private static LLMResponse response(String text) {
    return new LLMResponse(
        text,
        LLMResponse.ExtractionMethod.PARTS,
        "STOP",
        null,
        new TokenUsage(1200, 180, 90, 0, 1470),
        "gemini-2.5-flash",
        "response-1");
  }
}
