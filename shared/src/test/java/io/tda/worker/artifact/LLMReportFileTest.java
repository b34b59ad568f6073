package io.tda.worker.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.artifact.LLMReportFile.Answer;
import io.tda.worker.artifact.LLMReportFile.Attempts;
import io.tda.worker.artifact.LLMReportFile.Inputs;
import io.tda.worker.artifact.LLMReportFile.Request;
import io.tda.worker.artifact.LLMReportFile.SchemaRef;
import io.tda.worker.artifact.LLMReportFile.Subject;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.flow.Violation;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.id.Timeframe;
import io.tda.worker.json.StrictJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LLMReportFileTest {
  private static final StepKey STEP = new StepKey(new RunId("run-1"), new StepId("llm:4h"));
  private static final String FORM =
      """
      {"metadata":{"schemaVersion":2,"runId":"run-1","stepId":"llm:4h","flowKey":"demo",\
      "symbol":"LINKUSDT","timeframe":"4h","promptId":"report_v1",\
      "schemaId":"llm_report_output_v2","schemaSha256":"ab","modelName":"model-1",\
      "modelVersion":"model-1-001","createdAt":"2025-12-24T06:10:00.123Z",\
      "claimId":"019b4f2e-8c00-7abc-8def-0123456789ab",\
      "inputs":{"ohlcv":"gs://bucket/ohlcv.json","chartsManifest":"gs://bucket/charts.json",\
      "charts":["gs://bucket/b.png","gs://bucket/a.png"],"previousReports":[]},\
      "llm":{"finishReason":"STOP","usage":{"promptTokens":5,"candidatesTokens":4,\
      "thoughtsTokens":3,"cachedTokens":2,"totalTokens":12},"responseId":"r-1",\
      "attempts":{"total":2,"repair":1}},\
      "llmProfile":{"seed":7,"temperature":0.2,"thinkingConfig":{"a":1,"b":2}}},\
      "output":{"summary":{"markdown":"# Überblick 📈"},"details":{"z":1.5,"a":[1,null]}}}\
      """;

  @Test
  void toBytes_isCompactUtf8_withFieldsInFixedOrder() {
    assertThat(new String(file(profile()).toBytes(), UTF_8)).isEqualTo(FORM);
  }

  @Test
  void toBytes_areTheSame_whateverTheOrderOfTheProfile() {
    var reversed = new LinkedHashMap<String, Object>();
    List.of("thinkingConfig", "temperature", "seed")
        .forEach(key -> reversed.put(key, profile().get(key)));

    assertThat(file(reversed).toBytes()).isEqualTo(file(profile()).toBytes());
  }

  @Test
  void toBytes_leaveOutWhatIsNotKnown() {
    var full = file(profile());
    var bare =
        new LLMReportFile(
            new Subject(STEP, null, "X", new Timeframe("1d")),
            new Request("p", new SchemaRef("s", 1, null), "m", Map.of()),
            new Answer(null, "STOP", TokenUsage.NONE, null, new Attempts(1, 0)),
            full.inputs(),
            full.claimId(),
            full.createdAt(),
            full.output());

    assertThat(new String(bare.toBytes(), UTF_8))
        .doesNotContain("flowKey", "schemaSha256", "modelVersion", "responseId", "null}");
  }

  @Test
  void parse_givesTheSameFileBack() {
    var parsed = parsed(FORM);

    assertThat(new String(parsed.toBytes(), UTF_8)).isEqualTo(FORM);
    assertThat(parsed.subject()).isEqualTo(file(profile()).subject());
    assertThat(parsed.answer()).isEqualTo(file(profile()).answer());
    assertThat(parsed.inputs()).isEqualTo(file(profile()).inputs());
  }

  @Test
  void isReportOf_comparesRunAndStep() {
    var file = file(profile());

    assertThat(file.isReportOf(STEP)).isTrue();
    assertThat(file.isReportOf(new StepKey(STEP.runId(), new StepId("llm:1d")))).isFalse();
    assertThat(file.isReportOf(new StepKey(new RunId("run-2"), STEP.stepId()))).isFalse();
  }

  @Test
  void output_isACopy() {
    var output = output();
    var file = file(profile(), output);
    output.removeAll();

    assertThat(file.output()).isEqualTo(output());
  }

  @Test
  void parse_ignoresUnknownFields() {
    assertThat(parsed(FORM.replace("{\"metadata\":{", "{\"new\":1,\"metadata\":{\"new\":[],")))
        .matches(file -> file.isReportOf(STEP));
  }

  @Test
  void parse_namesAllThatIsMissing() {
    assertThat(violations("{}"))
        .extracting(Violation::pointer)
        .containsExactly("/metadata", "/output");
    assertThat(violations("{\"metadata\":{},\"output\":{}}"))
        .extracting(Violation::pointer)
        .contains(
            "/metadata/runId",
            "/metadata/stepId",
            "/metadata/symbol",
            "/metadata/timeframe",
            "/metadata/promptId",
            "/metadata/schemaId",
            "/metadata/schemaVersion",
            "/metadata/modelName",
            "/metadata/llmProfile",
            "/metadata/claimId",
            "/metadata/createdAt",
            "/metadata/inputs",
            "/metadata/llm",
            "/output/summary",
            "/output/details");
  }

  @Test
  void parse_wantsMarkdownToBeAText() {
    var text = FORM.replace("{\"markdown\":\"# Überblick 📈\"}", "{\"markdown\":[]}");

    assertThat(violations(text))
        .containsExactly(new Violation("/output/summary/markdown", "must be a text"));
  }

  @Test
  void parse_saysWhereAndWhich_andNeverTheValue() {
    var text = FORM.replace("gs://bucket/a.png", "CANARY-OUTPUT-PHRASE").replace("\"run-1\"", "7");

    assertThat(violations(text))
        .containsExactly(
            new Violation("/metadata/runId", RunId.RULE),
            new Violation("/metadata/inputs/charts/1", GcsUri.RULE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{", "{\"a\":1,\"a\":2}", "{} {}", "\u0000"})
  void parse_refusesWhatIsNoJsonObject(String text) {
    assertThat(violations(text)).singleElement().matches(it -> it.pointer().isEmpty());
  }

  @Test
  void toString_leavesOutWhatWasAskedAndAnswered() {
    var output = JsonNodeFactory.instance.objectNode().put("x", "CANARY-OUTPUT-PHRASE");

    assertThat(file(Map.of("x", "CANARY-PROMPT-PHRASE"), output).toString())
        .doesNotContain("CANARY");
  }

  private static Map<String, Object> profile() {
    var profile = new LinkedHashMap<String, Object>();
    profile.put("temperature", 0.2);
    profile.put("seed", 7L);
    profile.put("thinkingConfig", Map.of("b", 2L, "a", 1L));
    return profile;
  }

  private static ObjectNode output() {
    var text = FORM.substring(FORM.indexOf("\"output\":") + 9, FORM.length() - 1);
    return switch (StrictJson.parse(text)) {
      case StrictJson.Result.Parsed(ObjectNode object) -> object;
      case StrictJson.Result.Parsed _, StrictJson.Result.Malformed _ -> throw new AssertionError();
    };
  }

  private static LLMReportFile file(Map<String, Object> profile) {
    return file(profile, output());
  }

  private static LLMReportFile file(Map<String, Object> profile, ObjectNode output) {
    var usage = new TokenUsage(5, 4, 3, 2, 12);
    return new LLMReportFile(
        new Subject(STEP, "demo", "LINKUSDT", new Timeframe("4h")),
        new Request(
            "report_v1", new SchemaRef("llm_report_output_v2", 2, "ab"), "model-1", profile),
        new Answer("model-1-001", "STOP", usage, "r-1", new Attempts(2, 1)),
        new Inputs(
            new GcsUri("bucket", "ohlcv.json"),
            new GcsUri("bucket", "charts.json"),
            List.of(new GcsUri("bucket", "b.png"), new GcsUri("bucket", "a.png")),
            List.of()),
        new ClaimId("019b4f2e-8c00-7abc-8def-0123456789ab"),
        Instant.parse("2025-12-24T06:10:00.123456Z"),
        output);
  }

  private static LLMReportFile parsed(String text) {
    return switch (LLMReportFile.parse(text.getBytes(UTF_8))) {
      case LLMReportFile.Result.Parsed(var file) -> file;
      case LLMReportFile.Result.Invalid(var violations) -> throw new AssertionError(violations);
    };
  }

  private static List<Violation> violations(String text) {
    return switch (LLMReportFile.parse(text.getBytes(UTF_8))) {
      case LLMReportFile.Result.Parsed(var file) -> throw new AssertionError(file);
      case LLMReportFile.Result.Invalid(var violations) -> violations;
    };
  }
}
