package io.tda.worker.adapter.telemetry;

import io.tda.worker.log.EventLogger;
import io.tda.worker.store.DocumentStore;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The traces and metrics of a process, or none. It is wired around the ports; where it is off, it
 * hands back what it is given, so that nothing is left of it.
 */
public sealed interface Telemetry extends AutoCloseable permits NoTelemetry, OpenTelemetryExport {

  /** No traces, no metrics, and no class of OpenTelemetry is loaded. */
  static Telemetry off() {
    return NoTelemetry.OFF;
  }

  /**
   * What the standard {@code OTEL_*} variables ask for; off where they ask for no exporter.
   * Settings that cannot be used switch it off with a warning: a service does not fail over its
   * telemetry.
   */
  static Telemetry of(Map<String, String> environment, Identity identity, EventLogger log) {
    return ExportSettings.isExportAskedFor(environment)
        ? OpenTelemetryExport.start(environment, identity, log)
        : NoTelemetry.OFF;
  }

  /** The log, as the source of all metrics of events; its lines name the current span. */
  EventLogger log(EventLogger next);

  /** The document store, with a span for each call and a count of the documents read. */
  DocumentStore documents(DocumentStore next);

  /**
   * Any other port.
   *
   * @param decorator puts spans around its calls
   */
  <T> T traced(T next, BiFunction<? super T, Spans, ? extends T> decorator);

  /** A port whose work may run on other threads: there it belongs to the span it came from. */
  <T> T carried(T next, Function<? super T, ? extends T> decorator);

  /** Exports what is left, for 2 s at most. */
  @Override
  void close();
}
