package io.tda.worker.infra.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.infra.check.Infra;
import io.tda.worker.infra.check.Places;
import io.tda.worker.infra.hcl.Body;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The log-based metrics read real lines, and alerts and dashboard read metrics that there are. */
final class LogMetricsTest {
  private static final String MODULE = "modules/observability/";
  private static final Pattern METRIC =
      Pattern.compile(
          "(?:logging_googleapis_com:user_|\\$\\{local\\.m\\})([a-z_]+?)(?:_sum|_bucket)?\\{");
  private static final Infra INFRA = Infra.written(Places.of("terraform"));

  @Test
  void everyFilter_canMatchALine() throws IOException {
    LogSchema schema = LogSchema.load();
    assertThat(metrics())
        .hasSizeGreaterThan(10)
        .allSatisfy((name, metric) -> {
          LogFilter filter = metric.filter();
          assertThat(filter.events()).isNotEmpty();
          assertThat(schema.faults(filter)).isEmpty();
        });
  }

  @Test
  void everyLabelAndValue_isAFieldOfItsLines() throws IOException {
    LogSchema schema = LogSchema.load();
    assertThat(metrics())
        .allSatisfy((name, metric) -> {
          for (String field : metric.fields()) {
            assertThat(metric.filter().events())
                .as(field)
                .anyMatch(event -> schema.has(event, field));
          }
        });
  }

  @Test
  void noLabel_isAnId() {
    assertThat(metrics())
        .allSatisfy(
            (name, metric) -> assertThat(metric.labels()).noneMatch(field -> field.endsWith("Id")));
  }

  @Test
  void alertsAndDashboard_readMetricsThatThereAre() throws IOException {
    String readers =
        Files.readString(Places.of("terraform/" + MODULE + "alerts.tf"))
            + Files.readString(Places.of("terraform/" + MODULE + "dashboard.json.tftpl"));
    List<String> read =
        METRIC.matcher(readers).results().map((MatchResult found) -> found.group(1)).toList();
    assertThat(read).hasSizeGreaterThan(15);
    assertThat(metrics()).containsKeys(read.toArray(String[]::new));
  }

  @Test
  void everyMetric_isShownOrWatched() throws IOException {
    String readers =
        Files.readString(Places.of("terraform/" + MODULE + "alerts.tf"))
            + Files.readString(Places.of("terraform/" + MODULE + "dashboard.json.tftpl"));
    assertThat(metrics().keySet()).allSatisfy(metric -> assertThat(readers).contains(metric));
  }

  @Test
  void dashboard_isJson() throws IOException {
    JsonNode dashboard =
        new ObjectMapper()
            .readTree(Places.of("terraform/" + MODULE + "dashboard.json.tftpl").toFile());
    assertThat(dashboard.at("/mosaicLayout/tiles")).hasSizeGreaterThan(10);
  }

  @Test
  void codesThatDoNotCountAgainstUs_areErrorCodes() throws IOException {
    String variables = Files.readString(Places.of("terraform/" + MODULE + "variables.tf"));
    String codes = variables.replaceFirst("(?s).*codes_of_others = [^\\[]*\\[([^\\]]*)\\].*", "$1");
    assertThat(Pattern.compile("\"(\\w+)\"").matcher(codes).results().map(code -> code.group(1)))
        .hasSizeGreaterThan(2)
        .allSatisfy(code -> assertThat(ErrorCode.valueOf(code).isRetryable()).isFalse());
  }

  @Test
  void commonPartOfTheFilters_canMatchALine() throws IOException {
    String lines = locals().constant("lines").orElseThrow().toString();
    assertThat(LogSchema.load().faults(LogFilter.of(lines))).isEmpty();
  }

  /**
   * A metric as it is written.
   *
   * @param labels the fields that labels are taken from
   * @param value the field whose value is measured; none where lines are counted
   */
  private record Metric(LogFilter filter, List<String> labels, Optional<String> value) {
    static Metric of(Object written) {
      Map<?, ?> metric = (Map<?, ?>) written;
      return new Metric(
          LogFilter.of(String.valueOf(metric.get("filter"))),
          metric.get("labels") instanceof Map<?, ?> labels
              ? labels.values().stream().map(Object::toString).toList()
              : List.of(),
          Optional.ofNullable(metric.get("value")).map(Object::toString));
    }

    List<String> fields() {
      return Stream.concat(labels.stream(), value.stream()).toList();
    }
  }

  private static Map<String, Metric> metrics() {
    Map<String, Metric> metrics = new TreeMap<>();
    for (String kind : List.of("counters", "distributions")) {
      locals().object(kind).forEach((name, metric) -> metrics.put(name, Metric.of(metric)));
    }
    return metrics;
  }

  private static Body locals() {
    Body file = INFRA.files().get(MODULE + "metrics.tf");
    return file == null ? new Body(new TreeMap<>(), List.of()) : file.at("locals").orElseThrow();
  }
}
