package io.tda.worker.adapter.telemetry;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the {@code OTEL_*} variables ask for, judged without a class of OpenTelemetry. */
final class ExportSettings {
  private static final String PREFIX = "OTEL_";
  private static final String NONE = "none";
  private static final String OTLP = "otlp";

  private ExportSettings() {}

  /** Whether traces or metrics are to be exported: an exporter or an OTLP endpoint is named. */
  static boolean isExportAskedFor(Map<String, String> environment) {
    return !Boolean.parseBoolean(environment.get("OTEL_SDK_DISABLED"))
        && Stream.of("TRACES", "METRICS")
            .anyMatch(signal -> !NONE.equals(exporter(environment, signal)));
  }

  /**
   * The properties that OpenTelemetry's own configuration reads: all variables, and our defaults
   * for those that are not set. A signal is exported where its exporter or an endpoint is named.
   */
  static Map<String, String> properties(Map<String, String> environment) {
    var properties = new HashMap<String, String>();
    properties.put("otel.exporter.otlp.protocol", "http/protobuf");
    // The log has a path of its own, and a gate on it.
    environment.forEach((name, value) -> {
      if (name.startsWith(PREFIX) && !value.isBlank()) {
        properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
      }
    });
    properties.put("otel.traces.exporter", exporter(environment, "TRACES"));
    properties.put("otel.metrics.exporter", exporter(environment, "METRICS"));
    properties.put("otel.logs.exporter", NONE);
    properties.put("otel.propagators", NONE);
    return properties;
  }

  private static String exporter(Map<String, String> environment, String signal) {
    var named = environment.getOrDefault(PREFIX + signal + "_EXPORTER", "").strip();
    if (!named.isEmpty()) {
      return named;
    }
    var endpoints =
        Stream.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT");
    return endpoints.anyMatch(name -> !environment.getOrDefault(name, "").isBlank()) ? OTLP : NONE;
  }
}
