package io.tda.worker.executor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.LLMErrors;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.llm.LLMSchema;
import io.tda.worker.llm.RepairInstruction;
import io.tda.worker.llm.StructuredOutputInvalid;
import io.tda.worker.llm.StructuredOutputResult;
import io.tda.worker.llm.StructuredOutputValidator;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.ModelEvent.LlmRequestFinished;
import io.tda.worker.log.ModelEvent.LlmRequestFinished.Status;
import io.tda.worker.log.ModelEvent.LlmRequestStarted;
import io.tda.worker.log.ModelEvent.ModelRetryScheduled;
import io.tda.worker.log.ModelEvent.StructuredOutputRepairAttemptFinished;
import io.tda.worker.log.ModelEvent.StructuredOutputRepairAttemptStarted;
import io.tda.worker.time.Sleeper;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Asks the model within the budget, judges its answer, and has it mended once at most.
 *
 * <p>Every call is counted, also the failed ones: they may be paid for.
 */
final class ModelSession {
  private final LLMClient model;
  private final StructuredOutputValidator validator;
  private final Policy policy;
  private final Surroundings surroundings;
  private final RawOutputQuarantine quarantine;
  private final EventLogger log;

  /**
   * How often the model may be asked.
   *
   * @param attempts calls for one answer in one delivery, {@code GEMINI_MAX_ATTEMPTS}
   * @param callsPerClaim all calls of a claim, {@code MAX_MODEL_CALLS}
   */
  record Policy(int attempts, int callsPerClaim) {}

  /** Time, which a simulation replaces. */
  record Surroundings(InstantSource clock, Sleeper sleeper) {}

  ModelSession(
      LLMClient model,
      StructuredOutputValidator validator,
      Policy policy,
      Surroundings surroundings,
      RawOutputQuarantine quarantine,
      EventLogger log) {
    this.model = model;
    this.validator = validator;
    this.policy = policy;
    this.surroundings = surroundings;
    this.quarantine = quarantine;
    this.log = log;
  }

  /** What came of it. */
  sealed interface Result {
    /** What it cost. */
    ModelTally tally();

    /** A valid output, and the answer that held it. */
    record Answered(ObjectNode output, LLMResponse response, ModelTally tally) implements Result {}

    /** None. */
    record Unanswered(StepError error, ModelTally tally) implements Result {}
  }

  private sealed interface Call {
    record Answer(LLMResponse response, ModelTally tally) implements Call {}

    record Failure(StepError error, ModelTally tally) implements Call {}
  }

  /** Whether the claim has used up its model calls, so that no further one may be made. */
  boolean isSpent(ReportJob job) {
    return callsLeft(job, ModelTally.NONE) <= 0;
  }

  /** Asks for an output that meets the schema. Faults are part of the result. */
  Result ask(ReportJob job, LLMRequest request, LLMSchema schema) {
    var call = call(job, request, ModelTally.NONE);
    for (int attempt = 1; call instanceof Call.Failure failure; attempt++) {
      if (attempt >= policy.attempts() || !mayRepeat(job, failure)) {
        return new Result.Unanswered(failure.error(), failure.tally());
      }
      var delay = failure.error().retryAfter();
      log.log(new ModelRetryScheduled(failure.error(), delay), job.context());
      surroundings.sleeper().sleep(delay);
      call = call(job, request, failure.tally());
    }
    return switch (call) {
      case Call.Failure failure -> new Result.Unanswered(failure.error(), failure.tally());
      case Call.Answer(var response, var tally) ->
          switch (validator.validate(response, schema)) {
            case StructuredOutputResult.Valid(var output) ->
                new Result.Answered(output, response, tally);
            case StructuredOutputResult.SafetyBlocked blocked ->
                new Result.Unanswered(LLMErrors.safetyBlock(blocked), tally);
            case StructuredOutputInvalid invalid ->
                mend(job, request, schema, new Invalid(invalid, response, tally));
          };
    };
  }

  private record Invalid(StructuredOutputInvalid verdict, LLMResponse response, ModelTally tally) {}

  private Result mend(ReportJob job, LLMRequest request, LLMSchema schema, Invalid first) {
    var planned =
        first.verdict().repairEligible()
            && job.budget().mayRepair()
            && !job.cancellation().isCancelled()
            && callsLeft(job, first.tally()) > 0;
    logInvalid(job, first.verdict(), planned);
    if (!planned) {
      return unanswered(job, first);
    }
    log.log(new StructuredOutputRepairAttemptStarted(), job.context());
    var turn = RepairInstruction.turn(schema, first.verdict(), first.response().text());
    var result = judgeRepair(job, schema, call(job, request.repairing(turn), first.tally()));
    log.log(
        new StructuredOutputRepairAttemptFinished(result instanceof Result.Answered),
        job.context());
    return result;
  }

  private Result judgeRepair(ReportJob job, LLMSchema schema, Call repair) {
    return switch (repair) {
      case Call.Failure(var error, var tally) -> new Result.Unanswered(error, tally);
      case Call.Answer(var response, var tally) ->
          switch (validator.validate(response, schema)) {
            case StructuredOutputResult.Valid(var output) ->
                new Result.Answered(output, response, tally);
            case StructuredOutputResult.SafetyBlocked blocked ->
                new Result.Unanswered(LLMErrors.safetyBlock(blocked), tally);
            case StructuredOutputInvalid invalid -> {
              logInvalid(job, invalid, false);
              yield unanswered(job, new Invalid(invalid, response, tally));
            }
          };
    };
  }

  private Result unanswered(ReportJob job, Invalid last) {
    var error = LLMErrors.invalidOutput(last.verdict());
    return new Result.Unanswered(quarantine.keep(job, last.response().text(), error), last.tally());
  }

  private Call call(ReportJob job, LLMRequest request, ModelTally before) {
    if (!job.lease().confirm()) {
      // Stopped for longer than the lease holds: somebody else is calling the model by now.
      return new Call.Failure(
          StepError.of(ErrorCode.LEASE_EXPIRED, "another executor holds the lease"), before);
    }
    // Asked last: the question about the lease may have taken its time.
    var deadline = job.budget().modelDeadline().orElse(null);
    if (deadline == null || job.cancellation().isCancelled()) {
      return new Call.Failure(
          StepError.of(ErrorCode.TIME_BUDGET_EXCEEDED, "no time left to call the model"), before);
    }
    return send(job, request, deadline, before);
  }

  private Call send(ReportJob job, LLMRequest request, Duration deadline, ModelTally before) {
    var repair = request.repair() != null;
    job.lease().countModelCall();
    var modelName = request.profile().modelName();
    log.log(new LlmRequestStarted(modelName, deadline), job.context());
    var started = surroundings.clock().instant();
    try {
      var response = model.generate(request, deadline, job.cancellation());
      var took = Duration.between(started, surroundings.clock().instant());
      log.log(
          new LlmRequestFinished(
              modelName,
              response.blockReason() == null ? Status.OK : Status.BLOCKED,
              response.finishReason(),
              response.usage(),
              took),
          job.context());
      return new Call.Answer(response, before.answered(response, took, repair));
    } catch (StepException e) {
      var took = Duration.between(started, surroundings.clock().instant());
      log.log(
          new LlmRequestFinished(modelName, status(job, e.error()), null, TokenUsage.NONE, took),
          job.context());
      return new Call.Failure(e.error(), asked(e.error(), before, took, repair));
    }
  }

  /** A stored answer that is missing is no call: nothing was sent. */
  private static ModelTally asked(
      StepError error, ModelTally before, Duration took, boolean repair) {
    return error.code() == ErrorCode.LLM_MOCK_MISSING ? before : before.failed(took, repair);
  }

  private static Status status(ReportJob job, StepError error) {
    return switch (error.code()) {
      case RATE_LIMITED -> Status.RATE_LIMITED;
      case TIME_BUDGET_EXCEEDED ->
          job.cancellation().isCancelled() ? Status.CANCELLED : Status.TIMED_OUT;
      default -> Status.FAILED;
    };
  }

  /** Only a burst limit says when to come back; everything else is left to the next delivery. */
  private boolean mayRepeat(ReportJob job, Call.Failure failure) {
    var error = failure.error();
    return error.code() == ErrorCode.RATE_LIMITED
        && error.retryable()
        && job.budget().mayWait(error.retryAfter())
        && callsLeft(job, failure.tally()) > 0
        && !job.cancellation().isCancelled();
  }

  private int callsLeft(ReportJob job, ModelTally tally) {
    return policy.callsPerClaim()
        - job.lease().current().value().effort().modelCalls()
        - tally.calls();
  }

  private void logInvalid(ReportJob job, StructuredOutputInvalid verdict, boolean planned) {
    log.log(
        verdict.event(planned, job.budget().remaining(), job.budget().finalizeReserve()),
        job.context());
  }
}
