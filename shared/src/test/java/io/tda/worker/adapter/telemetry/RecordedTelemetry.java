package io.tda.worker.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Telemetry that is kept in memory, and read back in plain words. */
public final class RecordedTelemetry {
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final OpenTelemetryExport telemetry =
      new OpenTelemetryExport(
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder()
                      .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                      .build())
              .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
              .build());

  /**
   * A span that has ended.
   *
   * @param parentId sixteen zeros where it has none
   * @param everything whatever else would be exported of it, as text
   */
  public record EndedSpan(
      String name,
      String kind,
      String traceId,
      String spanId,
      String parentId,
      Map<String, Object> attributes,
      boolean failed,
      String everything) {}

  /** What is wired around the ports. */
  public Telemetry telemetry() {
    return telemetry;
  }

  /** The tool of decorators. */
  public Spans spans() {
    return telemetry
        .traced(Optional.<Spans>empty(), (_, spans) -> Optional.of(spans))
        .orElseThrow();
  }

  /** All spans that have ended, in the order in which they ended. */
  public List<EndedSpan> ended() {
    return exporter.getFinishedSpanItems().stream().map(RecordedTelemetry::plain).toList();
  }

  /** Every time series: the metric's name and its labels, and what it stands at. */
  public Map<String, Long> series() {
    var series = new TreeMap<String, Long>();
    for (var metric : reader.collectAllMetrics()) {
      for (var point : metric.getData().getPoints()) {
        series.put(metric.getName() + new TreeMap<>(labels(point)), value(metric, point));
      }
    }
    return series;
  }

  /** Everything that would be exported, as text. */
  public String everything() {
    return exporter.getFinishedSpanItems() + "\n" + reader.collectAllMetrics();
  }

  static Map<String, Object> labels(PointData point) {
    var labels = new TreeMap<String, Object>();
    point.getAttributes().forEach((key, value) -> labels.put(key.getKey(), value));
    return labels;
  }

  List<MetricData> metrics() {
    return List.copyOf(reader.collectAllMetrics());
  }

  private static EndedSpan plain(SpanData span) {
    var attributes = new TreeMap<String, Object>();
    span.getAttributes()
        .forEach((AttributeKey<?> key, Object value) -> attributes.put(key.getKey(), value));
    return new EndedSpan(
        span.getName(),
        span.getKind().name(),
        span.getTraceId(),
        span.getSpanId(),
        span.getParentSpanId(),
        attributes,
        span.getStatus().getStatusCode() == StatusCode.ERROR,
        span.toString());
  }

  /** A sum, or how many values a histogram holds. */
  private static long value(MetricData metric, PointData point) {
    return switch (metric.getType()) {
      case LONG_SUM -> ((LongPointData) point).getValue();
      case HISTOGRAM -> ((HistogramPointData) point).getCount();
      case LONG_GAUGE, DOUBLE_GAUGE, DOUBLE_SUM, SUMMARY, EXPONENTIAL_HISTOGRAM ->
          throw new IllegalStateException("there is no " + metric.getType() + " among ours");
    };
  }
}
