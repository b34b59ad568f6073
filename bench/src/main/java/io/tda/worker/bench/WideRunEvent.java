package io.tda.worker.bench;

import io.tda.worker.config.RunIdFilter;
import io.tda.worker.dispatcher.CloudEventParser;
import io.tda.worker.dispatcher.CloudEventRequest;
import io.tda.worker.dispatcher.EventOutcome;
import io.tda.worker.dispatcher.FlowRunEventHandler;
import io.tda.worker.id.RunId;
import io.tda.worker.store.CommitResult;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The event of a run with many steps, of which the last is READY: parsed, claimed, published. */
final class WideRunEvent {
  private static final RunId RUN = new RunId("wide");

  private final MemoryDispatcher dispatcher = new MemoryDispatcher();
  private final FlowRunEventHandler handler = dispatcher.handler();
  private final CloudEventParser parser =
      new CloudEventParser(
          new CloudEventParser.EventScope("(default)", "flow_runs", RunIdFilter.ALL));
  private final Map<String, Object> run;
  private CloudEventRequest request = new CloudEventRequest(Map.of(), new byte[0]);

  WideRunEvent(int steps) {
    var all = new HashMap<String, Object>();
    for (int i = 0; i < steps; i++) {
      all.put(
          "step_%05d".formatted(i),
          Map.of("stepType", "LLM_REPORT", "status", i == steps - 1 ? "READY" : "SUCCEEDED"));
    }
    run = Map.of("status", "RUNNING", "steps", all);
  }

  /** Writes the run anew. */
  void prepare() {
    var write =
        new Write.Set(new DocumentRef("flow_runs", RUN.value()), run, new Precondition.None());
    if (dispatcher.store().commit(List.of(write)) instanceof CommitResult.Committed(var time)) {
      var post = CloudSteps.event(new CloudSteps.Ready(RUN, run, time));
      request = new CloudEventRequest(post.headers(), post.body());
    }
  }

  /** What the dispatcher does, from the request to the published claim. */
  void handle() {
    if (!(parser.parse(request) instanceof CloudEventParser.Result.Changed changed)
        || !(handler.handle(changed) instanceof EventOutcome.Dispatched)) {
      throw new IllegalStateException("nothing was claimed");
    }
  }
}
