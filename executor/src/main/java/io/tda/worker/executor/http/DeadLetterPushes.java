package io.tda.worker.executor.http;

import io.tda.worker.adapter.http.Answer;
import io.tda.worker.adapter.http.HttpCall;
import io.tda.worker.adapter.http.PostHandler;
import io.tda.worker.executor.DeadLetterHandler;
import io.tda.worker.executor.DeadLetterOutcome;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.OutputEvent.PushFinished;
import io.tda.worker.time.Cancellation;

/** {@code POST /push/dead-letter}: a claim that used up its deliveries. */
public final class DeadLetterPushes implements PostHandler {
  /** Where the dead-letter subscription pushes to. */
  public static final String PATH = "/push/dead-letter";

  private final DeadLetterHandler handler;
  private final Cancellation shutdown;
  private final EventLogger log;

  /**
   * @param shutdown hands steps back early, for another instance
   */
  public DeadLetterPushes(DeadLetterHandler handler, Cancellation shutdown, EventLogger log) {
    this.handler = handler;
    this.shutdown = shutdown;
    this.log = log;
  }

  @Override
  public Answer handle(HttpCall call) {
    return switch (PushEnvelope.parse(call.body())) {
      case PushEnvelope.Result.Parsed(var envelope) -> {
        var outcome = handler.handle(envelope.data(), envelope.delivery(), shutdown);
        yield finished(answer(outcome), envelope.context());
      }
      case PushEnvelope.Result.NotAnEnvelope() -> finished(Answer.BAD_REQUEST, LogContext.NONE);
    };
  }

  private static Answer answer(DeadLetterOutcome outcome) {
    return switch (outcome) {
      case DeadLetterOutcome.Settled _ -> Answer.DONE;
      case DeadLetterOutcome.InProgress() -> Answer.IN_PROGRESS;
      case DeadLetterOutcome.Retry _ -> Answer.COME_AGAIN;
    };
  }

  private Answer finished(Answer answer, LogContext context) {
    log.log(new PushFinished(answer.status()), context);
    return answer;
  }
}
