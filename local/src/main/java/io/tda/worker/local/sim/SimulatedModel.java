package io.tda.worker.local.sim;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.time.Cancellation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The model: everything that it answers, and everything that it does instead. */
final class SimulatedModel {
  private final World world;
  private final Faults faults;
  private final Invariants invariants;

  SimulatedModel(World world, Faults faults, Invariants invariants) {
    this.world = world;
    this.faults = faults;
    this.invariants = invariants;
  }

  /** The model as this process sees it. */
  LLMClient seenBy(SimulatedProcess process) {
    return (request, deadline, cancellation) -> ask(process, request, deadline, cancellation);
  }

  private LLMResponse ask(
      SimulatedProcess process, LLMRequest request, Duration deadline, Cancellation cancellation) {
    var work = Work.current();
    invariants.calls().starts(work, "asks the model");
    process.checkpoint();
    world.say(work.name(), () -> "model asked" + (request.repair() == null ? "" : ", repair"));
    invariants.calls().modelAsked(work, request);
    if (faults.strikes(Fault.MODEL_BUG)) {
      throw new IllegalStateException(Canary.OUTPUT.text());
    }
    if (faults.strikes(Fault.MODEL_HANGS)) {
      return hang(process, request, work);
    }
    var signal = new Signal<LLMResponse>(world, process);
    var reply = reply(request, work);
    if (reply.after() != null) {
      world.after(reply.after(), () -> give(signal, reply, work));
    }
    world.after(deadline, () -> signal.fail(ended("the model call did not end by its deadline")));
    try (var _ = cancellation.onCancel(() -> signal.fail(ended("the model call was cancelled")))) {
      return signal.await();
    }
  }

  /** Some come back after all, long after somebody else should have taken over. */
  private LLMResponse hang(SimulatedProcess process, LLMRequest request, Work work) {
    work.hang();
    world.say(work.name(), () -> "the call hangs");
    var signal = new Signal<LLMResponse>(world, process);
    if (world.chance(0.5)) {
      var answer = goodAnswer(request, work);
      world.after(
          world.between(Duration.ofMinutes(8), Duration.ofMinutes(40)),
          () -> signal.answer(answer));
    }
    return signal.await();
  }

  private void give(Signal<LLMResponse> signal, Reply reply, Work work) {
    if (signal.isSet()) {
      return;
    }
    world.say(work.name(), () -> "model answers " + reply);
    switch (reply) {
      case Reply.Answer(_, var response, var valid) -> {
        signal.answer(response);
        if (valid) {
          invariants.calls().modelAnswered(work);
        }
      }
      case Reply.Refusal(_, var fault) -> signal.fail(fault);
      case Reply.Silence() -> {}
    }
  }

  /** What the model does with a request. */
  private sealed interface Reply {
    /** When; null for never. */
    @Nullable Duration after();

    record Answer(Duration after, LLMResponse response, boolean valid) implements Reply {}

    record Refusal(Duration after, StepException fault) implements Reply {}

    record Silence() implements Reply {
      @Override
      public @Nullable Duration after() {
        return null;
      }
    }
  }

  private Reply reply(LLMRequest request, Work work) {
    if (faults.strikes(Fault.MODEL_STALL)) {
      return new Reply.Silence();
    }
    var refusal = refusal();
    if (refusal != null) {
      var after = world.between(Duration.ofMillis(100), Duration.ofSeconds(5));
      return new Reply.Refusal(after, refusal);
    }
    var after =
        faults.strikes(Fault.MODEL_SLOW)
            ? world.between(Duration.ofSeconds(200), Duration.ofSeconds(500))
            : world.between(Duration.ofSeconds(3), Duration.ofSeconds(90));
    var odd = oddAnswer();
    return odd != null
        ? new Reply.Answer(after, odd, false)
        : new Reply.Answer(after, goodAnswer(request, work), true);
  }

  private @Nullable StepException refusal() {
    if (faults.strikes(Fault.MODEL_BURST_LIMIT)) {
      var delay = Duration.ofSeconds(world.random().nextInt(1, 120));
      return new StepException(
          StepError.of(ErrorCode.RATE_LIMITED, "the model API limits the rate").retryAfter(delay));
    }
    if (faults.strikes(Fault.MODEL_QUOTA)) {
      return new StepException(
          StepError.of(ErrorCode.RATE_LIMITED, "the quota of the model API is used up")
              .retryAfter(Duration.ofMinutes(10)));
    }
    if (faults.strikes(Fault.MODEL_UNAVAILABLE)) {
      return new StepException(
          StepError.of(ErrorCode.GEMINI_REQUEST_FAILED, "the model API failed"),
          new IllegalStateException(Canary.PROMPT.text()));
    }
    if (faults.strikes(Fault.MODEL_REFUSED)) {
      return new StepException(
          StepError.of(ErrorCode.LLM_AUTH_FAILED, "the model API refused the credentials"));
    }
    return null;
  }

  private @Nullable LLMResponse oddAnswer() {
    if (faults.strikes(Fault.MODEL_TRUNCATED)) {
      return response("{\"summary\": {\"markdown\": \"" + Canary.OUTPUT.text(), "MAX_TOKENS", null);
    }
    if (faults.strikes(Fault.MODEL_INVALID)) {
      return response(
          world.chance(0.5)
              ? Canary.OUTPUT.text() + " is no JSON"
              : "{\"summary\": {\"markdown\": 1}, \"details\": \"" + Canary.OUTPUT.text() + "\"}",
          "STOP",
          null);
    }
    if (faults.strikes(Fault.MODEL_EMPTY)) {
      return response(null, "STOP", null);
    }
    if (faults.strikes(Fault.MODEL_BLOCKED)) {
      return response(null, null, "PROHIBITED_CONTENT");
    }
    if (faults.strikes(Fault.MODEL_WITHHELD)) {
      return response(null, "SAFETY", null);
    }
    return null;
  }

  private LLMResponse goodAnswer(LLMRequest request, Work work) {
    var step = work.message().map(it -> it.claim().step().toString()).orElse("");
    var reason = faults.strikes(Fault.MODEL_UNKNOWN_REASON) ? "A_REASON_OF_TOMORROW" : "STOP";
    return response(ModelAnswers.valid(step, request.fixtureKey().schemaId()), reason, null);
  }

  private static LLMResponse response(
      @Nullable String text, @Nullable String finishReason, @Nullable String blockReason) {
    return new LLMResponse(
        text,
        text == null ? LLMResponse.ExtractionMethod.NONE : LLMResponse.ExtractionMethod.PARTS,
        finishReason,
        blockReason,
        new TokenUsage(1_200, 180, 90, 0, 1_470),
        "simulated-model-001",
        "response-1");
  }

  private static StepException ended(String message) {
    return new StepException(StepError.of(ErrorCode.TIME_BUDGET_EXCEEDED, message));
  }
}
