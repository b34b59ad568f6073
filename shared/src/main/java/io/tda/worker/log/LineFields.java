package io.tda.worker.log;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what is different from line to line: context, trace, and the event's own fields.
 */
final class LineFields {
  private final Map<String, Object> map = new LinkedHashMap<>();

  private LineFields() {}

  /** All fields; where the context has one of the same name, the event's own counts. */
  static Map<String, Object> of(LogEvent event, LogContext context, LogOrigin origin) {
    var fields = new LineFields();
    fields.put("eventId", context.eventId());
    fields.put("runId", context.runId());
    fields.put("stepId", context.stepId());
    fields.put("claimId", context.claimId());
    fields.put("messageId", context.messageId());
    fields.put("flowKey", context.labels().flowKey());
    fields.put("timeframe", context.labels().timeframe());
    fields.put("symbol", context.labels().symbol());
    fields.map.putAll(event.fields());
    TraceParent.parse(context.labels().traceparent()).ifPresent(trace -> fields.put(trace, origin));
    return fields.map;
  }

  private void put(String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value.toString());
    }
  }

  private void put(TraceParent trace, LogOrigin origin) {
    map.put("trace", trace.traceId());
    if (origin.projectId() != null) {
      var name = "projects/" + origin.projectId() + "/traces/" + trace.traceId();
      map.put("logging.googleapis.com/trace", name);
      map.put("logging.googleapis.com/spanId", trace.spanId());
      map.put("logging.googleapis.com/trace_sampled", trace.sampled());
    }
  }
}
