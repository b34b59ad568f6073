package io.tda.worker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.adapter.telemetry.RecordedTelemetry;
import io.tda.worker.adapter.telemetry.RecordedTelemetry.EndedSpan;
import io.tda.worker.log.RecordingEventLogger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a step, through both services and the topic, seen as one trace. */
final class TraceTest {
  private static final String NO_PARENT = "0".repeat(16);

  @TempDir private Path folder;

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final RecordingEventLogger lines = new RecordingEventLogger();

  @Test
  void step_isOneTrace_fromItsEventToItsEnd() {
    execute("success");

    assertThat(tree(stepTrace()))
        .containsExactly(
            "flow_run event",
            "  firestore commit: flow_runs step_leases",
            "  step_claimed publish",
            "    step_claimed process",
            "      firestore commit: flow_runs step_leases",
            "      firestore commit: step_leases",
            "      firestore get: flow_runs step_leases",
            "      firestore get: llm_prompts",
            "      firestore get: llm_schemas",
            "      gcs create",
            "      gcs find",
            "      gcs read",
            "      gcs read",
            "      gcs read",
            "      generate_content");
  }

  @Test
  void everyLineOfTheStep_namesASpanOfItsTrace() {
    execute("success");
    var trace = stepTrace();
    var spanIds = trace.stream().map(EndedSpan::spanId).toList();

    assertThat(lines.entries())
        .filteredOn(entry -> entry.context().claimId() != null)
        .hasSizeGreaterThan(10)
        .allSatisfy(entry ->
            assertThat(entry.context().labels().traceparent())
                .startsWith("00-" + trace.getFirst().traceId())
                .matches(it -> spanIds.contains(it.substring(36, 52))));
  }

  @Test
  void otherChangesOfTheRun_areTracesOfTheirOwn() {
    execute("success");

    assertThat(recorded.ended())
        .filteredOn(span -> span.parentId().equals(NO_PARENT))
        .allSatisfy(span -> assertThat(span.name()).isEqualTo("flow_run event"));
  }

  @Test
  void modelCall_showsModelAndTokens() {
    execute("success");

    assertThat(span("generate_content").attributes())
        .containsEntry("gen_ai.request.model", "gemini-2.5-flash")
        .containsEntry("gen_ai.operation.name", "generate_content")
        .containsKeys("gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens");
  }

  @Test
  void failedStep_showsItsCode() {
    execute("missing-fixture");

    var process = span("step_claimed process");
    assertThat(process.failed()).isTrue();
    assertThat(process.attributes()).containsEntry("error.type", "LLM_MOCK_MISSING");
    assertThat(span("generate_content").failed()).isTrue();
  }

  @Test
  void step_countsInTheMetrics() {
    execute("success");

    assertThat(recorded.series())
        .containsEntry(
            "step_executions_total{error_code=none, model=gemini-2.5-flash, status=succeeded}", 1L)
        .containsEntry("step_latency_ms{}", 1L)
        .containsEntry("llm_request_latency_ms{model=gemini-2.5-flash}", 1L)
        .containsEntry("events_total{outcome=ok}", 1L)
        .containsEntry("firestore_reads_total{}", 4L);
  }

  private void execute(String vectorName) {
    var vector = Contracts.copy(Contracts.file("test-vectors", vectorName), folder);
    var files =
        new LocalRun.Files(vector.resolve("flow_run.json"), vector, vector.resolve("artifacts"));
    try (var execution =
        LocalExecution.of(Map.of(), LocalExecution.Mode.MOCK, vector.resolve("fixtures"))) {
      var _ = execution.prepare(files, lines, recorded.telemetry()).execute(null);
    }
  }

  private EndedSpan span(String name) {
    return recorded.ended().stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<EndedSpan> stepTrace() {
    var traceId = span("step_claimed process").traceId();
    return recorded.ended().stream().filter(span -> span.traceId().equals(traceId)).toList();
  }

  /** The trace as an indented list, in the order of names: what is parallel has no order. */
  private static List<String> tree(List<EndedSpan> trace) {
    var children = trace.stream().collect(Collectors.groupingBy(EndedSpan::parentId));
    var tree = new ArrayList<String>();
    add(NO_PARENT, "", children, tree);
    return tree;
  }

  private static void add(
      String parent, String indent, Map<String, List<EndedSpan>> children, List<String> tree) {
    children.getOrDefault(parent, List.of()).stream()
        .sorted(Comparator.comparing(TraceTest::label))
        .forEach(span -> {
          tree.add(indent + label(span));
          add(span.spanId(), indent + "  ", children, tree);
        });
  }

  private static String label(EndedSpan span) {
    var collection = span.attributes().get("db.collection.name");
    return collection == null ? span.name() : span.name() + ": " + collection;
  }
}
