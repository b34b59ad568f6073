package io.tda.worker.flow;

import static io.tda.worker.flow.StepStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.LLMReportInputs.PreviousReport;
import io.tda.worker.flow.LLMReportInputs.Resolution;
import io.tda.worker.id.StepId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LLMReportInputsTest {
  private static final String INPUTS = "/steps/me/inputs";
  private static final Map<String, Object> LLM =
      Map.of("promptId", "report_v1", "llmProfile", Map.of("modelName", "m", "unknown", 1L));

  private final Map<String, Object> inputs =
      new LinkedHashMap<>(
          Map.of("llm", LLM, "ohlcvStepId", "ohlcv", "chartsManifestStepId", "charts"));

  @Test
  void resolve_followsTheReferences() {
    var resolved = resolved();

    assertThat(resolved.promptId()).isEqualTo("report_v1");
    assertThat(resolved.llmProfile()).isEqualTo(Map.of("modelName", "m", "unknown", 1L));
    assertThat(resolved.ohlcv()).isEqualTo(new GcsUri("bucket", "ohlcv.json"));
    assertThat(resolved.chartsManifest()).isEqualTo(new GcsUri("bucket", "manifest.json"));
    assertThat(resolved.previousReports()).isEmpty();
  }

  @Test
  void resolve_takesTheManifestFromEitherOutput_theFirstNameFirst() {
    inputs.put("chartsManifestStepId", "both");

    assertThat(resolved().chartsManifest()).isEqualTo(new GcsUri("bucket", "both.json"));
  }

  @Test
  void resolve_keepsPreviousReportsInOrder_stepIdsFirst() {
    inputs.put("previousReports", List.of(Map.of("gcs_uri", "gs://other/r.json")));
    inputs.put("previousReportStepIds", List.of("old2", "old1"));

    assertThat(resolved().previousReports())
        .containsExactly(
            new PreviousReport(new StepId("old2"), new GcsUri("bucket", "old2.json")),
            new PreviousReport(new StepId("old1"), new GcsUri("bucket", "old1.json")),
            new PreviousReport(null, new GcsUri("other", "r.json")));
  }

  @Test
  void resolve_letsTheUriWin_andKeepsTheStepIdAsALabel() {
    inputs.put(
        "previousReports", List.of(Map.of("stepId", "elsewhere", "gcs_uri", "gs://other/r.json")));

    assertThat(resolved().previousReports())
        .containsExactly(
            new PreviousReport(new StepId("elsewhere"), new GcsUri("other", "r.json")));
  }

  @Test
  void resolve_followsAStepId_whenAPreviousReportHasNoUri() {
    inputs.put("previousReports", List.of(Map.of("stepId", "old1")));

    assertThat(resolved().previousReports())
        .containsExactly(new PreviousReport(new StepId("old1"), new GcsUri("bucket", "old1.json")));
  }

  @Test
  void resolve_takesAReportOnce_howeverOftenItIsNamed() {
    inputs.put("previousReportStepIds", List.of("old1", "old1"));
    inputs.put("previousReports", List.of(Map.of("gcs_uri", "gs://bucket/old1.json")));

    assertThat(resolved().previousReports()).hasSize(1);
  }

  @Test
  void resolve_asksForOutputs_notForAStatus() {
    inputs.put("ohlcvStepId", "skipped");

    assertThat(resolved().ohlcv()).isEqualTo(new GcsUri("bucket", "skipped.json"));
  }

  @Test
  void resolve_needsInputs() {
    assertThat(violations(RunDocument.fields(FlowStep.LLM_REPORT, RUNNING, Map.of())))
        .containsExactly(new Violation(INPUTS, "must be a map"));
  }

  @Test
  void resolve_namesAllThatIsMissing() {
    inputs.clear();

    assertThat(pointers()).containsExactly("/llm", "/ohlcvStepId", "/chartsManifestStepId");
  }

  @Test
  void resolve_namesAllThatIsOfTheWrongType() {
    inputs.put("llm", Map.of("promptId", 1L, "llmProfile", List.of()));
    inputs.put("ohlcvStepId", List.of("ohlcv"));
    inputs.put("chartsManifestStepId", 7L);
    inputs.put("previousReportStepIds", "old1");
    inputs.put("previousReports", Map.of());

    assertThat(pointers())
        .containsExactly(
            "/llm/promptId",
            "/llm/llmProfile",
            "/ohlcvStepId",
            "/chartsManifestStepId",
            "/previousReportStepIds",
            "/previousReports");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a-b", "a.b", "a/b", "a b", "ä", "CANARY PROMPT PHRASE"})
  void resolve_refusesAPromptIdOfAnotherForm(String promptId) {
    inputs.put("llm", Map.of("promptId", promptId, "llmProfile", Map.of()));

    assertThat(violations())
        .containsExactly(new Violation(INPUTS + "/llm/promptId", "must match [A-Za-z0-9_]{1,128}"));
  }

  @Test
  void resolve_takesAPromptIdOf128CharactersAndNotOneMore() {
    inputs.put("llm", Map.of("promptId", "p".repeat(128), "llmProfile", Map.of()));
    assertThat(resolved().promptId()).hasSize(128);

    inputs.put("llm", Map.of("promptId", "p".repeat(129), "llmProfile", Map.of()));
    assertThat(pointers()).containsExactly("/llm/promptId");
  }

  static List<List<String>> brokenReferences() {
    return List.of(
        List.of("gone", "names no step of this run"),
        List.of("me", "names the step itself"),
        List.of("bare", "names a step without outputs.gcs_uri"),
        List.of("signed", "names a step whose outputs.gcs_uri must be a gs://bucket/object URI"),
        List.of("a.b", "must be a step id, which " + StepId.RULE));
  }

  @ParameterizedTest
  @MethodSource("brokenReferences")
  void resolve_saysWhyAReferenceLeadsNowhere(List<String> reference) {
    inputs.put("ohlcvStepId", reference.getFirst());

    assertThat(violations())
        .containsExactly(new Violation(INPUTS + "/ohlcvStepId", reference.getLast()));
  }

  @Test
  void resolve_namesBothOutputs_whenTheManifestHasNeither() {
    inputs.put("chartsManifestStepId", "bare");

    assertThat(violations())
        .containsExactly(
            new Violation(
                INPUTS + "/chartsManifestStepId",
                "names a step without outputs.gcs_uri or outputs.outputsManifestGcsUri"));
  }

  @Test
  void resolve_wantsReportsAsPreviousReports() {
    inputs.put("previousReportStepIds", List.of("old1", "ohlcv"));
    inputs.put("previousReports", List.of(Map.of("stepId", "ohlcv")));

    assertThat(violations())
        .containsExactly(
            new Violation(INPUTS + "/previousReportStepIds/1", "must name an LLM_REPORT step"),
            new Violation(INPUTS + "/previousReports/0/stepId", "must name an LLM_REPORT step"));
  }

  @Test
  void resolve_namesEachBrokenPreviousReport() {
    inputs.put("previousReportStepIds", Arrays.asList("old1", null, 1L, "gone"));
    inputs.put(
        "previousReports",
        List.of(
            Map.of(),
            "old1",
            Map.of("gcs_uri", "https://storage.googleapis.com/b/x?X-Goog-Signature=00"),
            Map.of("gcs_uri", 1L, "stepId", "old1"),
            Map.of("gcs_uri", "gs://bucket/x", "stepId", "a b"),
            Map.of("stepId", 1L)));

    assertThat(pointers())
        .containsExactly(
            "/previousReportStepIds/1",
            "/previousReportStepIds/2",
            "/previousReportStepIds/3",
            "/previousReports/0",
            "/previousReports/1",
            "/previousReports/2/gcs_uri",
            "/previousReports/3/gcs_uri",
            "/previousReports/4/stepId",
            "/previousReports/5/stepId");
  }

  @Test
  void resolve_takes8PreviousReportsAndNotOneMore() {
    inputs.put("previousReports", external(7));
    inputs.put("previousReportStepIds", List.of("old1"));
    assertThat(resolved().previousReports()).hasSize(8);

    inputs.put("previousReports", external(8));
    assertThat(violations())
        .containsExactly(
            new Violation(
                INPUTS + "/previousReports", "at most 8 previous reports, both lists together"));
  }

  @Test
  void resolve_reportsTheFirst20Violations() {
    inputs.put("previousReportStepIds", IntStream.range(0, 1_000).mapToObj(i -> "no" + i).toList());

    assertThat(violations()).hasSize(20);
  }

  @Test
  void toString_leavesTheProfileOut() {
    inputs.put(
        "llm", Map.of("promptId", "p", "llmProfile", Map.of("apiKey", "CANARY-SECRET-0001")));

    assertThat(resolved().toString()).doesNotContain("CANARY");
  }

  private static List<Map<String, String>> external(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Map.of("gcs_uri", "gs://other/" + i + ".json"))
        .toList();
  }

  private LLMReportInputs resolved() {
    return switch (resolve(RunDocument.fields("LLM_REPORT", RUNNING, Map.of("inputs", inputs)))) {
      case Resolution.Resolved(var resolved) -> resolved;
      case Resolution.Unresolved(var violations) -> throw new AssertionError(violations);
    };
  }

  private List<String> pointers() {
    return violations().stream().map(it -> it.pointer().substring(INPUTS.length())).toList();
  }

  private List<Violation> violations() {
    return violations(RunDocument.fields("LLM_REPORT", RUNNING, Map.of("inputs", inputs)));
  }

  private static List<Violation> violations(Map<String, Object> me) {
    return switch (resolve(me)) {
      case Resolution.Resolved(var resolved) -> throw new AssertionError(resolved);
      case Resolution.Unresolved(var violations) -> violations;
    };
  }

  private static Resolution resolve(Map<String, Object> me) {
    var run =
        RunDocument.running()
            .step("me", me)
            .step("ohlcv", step("OHLCV_EXPORT", "gs://bucket/ohlcv.json", null))
            .step("charts", step("CHART_EXPORT", null, "gs://bucket/manifest.json"))
            .step("both", step("CHART_EXPORT", "gs://bucket/both.json", "gs://bucket/m.json"))
            .step("bare", step("OHLCV_EXPORT", null, null))
            .step("signed", step("OHLCV_EXPORT", "https://x/o?X-Goog-Signature=0", null))
            .step("old1", step("LLM_REPORT", "gs://bucket/old1.json", null))
            .step("old2", step("LLM_REPORT", "gs://bucket/old2.json", null))
            .step("skipped", Map.of("status", "SKIPPED", "outputs", outputs("skipped.json")))
            .run();
    return LLMReportInputs.resolve(run, run.step("me").orElseThrow(), 8);
  }

  private static Map<String, Object> outputs(String name) {
    return Map.of("gcs_uri", "gs://bucket/" + name);
  }

  private static Map<String, Object> step(
      String stepType, @Nullable String uri, @Nullable String manifest) {
    var outputs = new LinkedHashMap<String, Object>();
    if (uri != null) {
      outputs.put("gcs_uri", uri);
    }
    if (manifest != null) {
      outputs.put("outputsManifestGcsUri", manifest);
    }
    return RunDocument.fields(stepType, StepStatus.SUCCEEDED, Map.of("outputs", outputs));
  }
}
