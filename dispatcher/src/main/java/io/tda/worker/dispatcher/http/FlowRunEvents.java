package io.tda.worker.dispatcher.http;

import io.tda.worker.adapter.http.Answer;
import io.tda.worker.adapter.http.HttpCall;
import io.tda.worker.adapter.http.PostHandler;
import io.tda.worker.dispatcher.CloudEventParser;
import io.tda.worker.dispatcher.CloudEventRequest;
import io.tda.worker.dispatcher.EventHandler;
import io.tda.worker.dispatcher.EventOutcome;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.OutputEvent.PushFinished;

/** {@code POST /events/flow-run}: one CloudEvent, as Eventarc sends it. */
public final class FlowRunEvents implements PostHandler {
  /** Where the trigger sends events. */
  public static final String PATH = "/events/flow-run";

  private final CloudEventParser parser;
  private final EventHandler handler;
  private final EventLogger log;

  public FlowRunEvents(CloudEventParser parser, EventHandler handler, EventLogger log) {
    this.parser = parser;
    this.handler = handler;
    this.log = log;
  }

  @Override
  public Answer handle(HttpCall call) {
    return switch (parser.parse(new CloudEventRequest(call.headers(), call.body()))) {
      case CloudEventParser.Result.Changed changed -> answer(handler.handle(changed));
      case CloudEventParser.Result.Ignored ignored -> answer(handler.handle(ignored));
      case CloudEventParser.Result.NotACloudEvent() -> {
        log.log(new PushFinished(Answer.BAD_REQUEST.status()), LogContext.NONE);
        yield Answer.BAD_REQUEST;
      }
    };
  }

  private static Answer answer(EventOutcome outcome) {
    return switch (outcome) {
      case EventOutcome.Dispatched _,
          EventOutcome.StepFailed _,
          EventOutcome.Noop _,
          EventOutcome.Ignored _ ->
          Answer.DONE;
      case EventOutcome.Redeliver _ -> Answer.COME_AGAIN;
    };
  }
}
