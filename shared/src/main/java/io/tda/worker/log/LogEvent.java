package io.tda.worker.log;

import java.util.Map;

/**
 * One kind of log line. The names, fields and severities are an API: dashboards, alerts and the
 * smoke test read them. {@code log_event.schema.json} describes them and a golden test pins them.
 *
 * <p>Severities follow one rule. A failure has one ERROR line, the one that says how it ended; the
 * lines that lead to it are WARNINGs. The start of something whose end has a line too is DEBUG,
 * unless it costs money. All else is INFO.
 */
public sealed interface LogEvent
    permits IngressEvent,
        ClaimEvent,
        DeliveryEvent,
        RecoveryEvent,
        ContextEvent,
        ProfileEvent,
        ModelEvent,
        OutputEvent,
        ServiceEvent {
  /** The event's name in the catalogue, in snake_case. */
  String name();

  /** How much it matters. */
  Severity severity();

  /** Its own fields, in the order in which they are written. Never payload, never secrets. */
  Map<String, Object> fields();
}
