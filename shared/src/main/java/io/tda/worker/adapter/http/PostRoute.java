package io.tda.worker.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.OutputEvent.PushFinished;
import io.tda.worker.log.ServiceEvent.InternalError;
import java.io.IOException;
import java.time.InstantSource;

/**
 * One POST path: checks the caller, reads the body, and has the handler answer. What the edge
 * refuses is logged here, all else by the handler.
 */
final class PostRoute implements Handler {
  private final HttpEdge edge;
  private final PostHandler handler;

  PostRoute(HttpEdge edge, PostHandler handler) {
    this.edge = edge;
    this.handler = handler;
  }

  private sealed interface Entry {
    record Admitted(HttpCall call) implements Entry {}

    record Refused(Answer answer) implements Entry {}
  }

  @Override
  public void handle(Context context) {
    send(context, answer(context));
  }

  private Answer answer(Context context) {
    try {
      return switch (admit(context)) {
        case Entry.Admitted(var call) -> handler.handle(call);
        case Entry.Refused(var answer) -> {
          edge.log().log(new PushFinished(answer.status()), LogContext.NONE);
          yield answer;
        }
      };
    } catch (RuntimeException | StackOverflowError e) {
      edge.log().log(InternalError.of(e), LogContext.NONE);
      return Answer.COME_AGAIN;
    }
  }

  private Entry admit(Context context) {
    if (edge.draining().hasBegun()) {
      return new Entry.Refused(Answer.COME_AGAIN);
    }
    return switch (edge.callers().check(context.header("Authorization"))) {
      case CallerCheck.Verdict.Allowed() -> read(context);
      case CallerCheck.Verdict.Unauthorized() -> new Entry.Refused(Answer.UNAUTHORIZED);
      case CallerCheck.Verdict.Forbidden() -> new Entry.Refused(Answer.FORBIDDEN);
      case CallerCheck.Verdict.Unknown() -> new Entry.Refused(Answer.COME_AGAIN);
    };
  }

  private Entry read(Context context) {
    var request = context.req();
    try {
      var body =
          new RequestBody(edge.maxBodyBytes(), edge.maxBodyTime(), InstantSource.system())
              .read(request.getContentLengthLong(), request.getInputStream());
      return switch (body) {
        case RequestBody.Result.Read(var bytes) ->
            new Entry.Admitted(new HttpCall(context.headerMap(), bytes));
        case RequestBody.Result.TooLarge() -> new Entry.Refused(Answer.TOO_LARGE);
        case RequestBody.Result.TooSlow() -> new Entry.Refused(Answer.TIMED_OUT);
      };
    } catch (IOException e) {
      // The caller fell silent or went away; if it is still there, it has to send it again.
      return new Entry.Refused(Answer.TIMED_OUT);
    }
  }

  private static void send(Context context, Answer answer) {
    context.status(answer.status());
    var json = answer.json();
    if (json != null) {
      context.contentType("application/json").result(json);
    }
  }
}
