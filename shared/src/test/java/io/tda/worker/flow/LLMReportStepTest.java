package io.tda.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tda.worker.id.StepKey;
import io.tda.worker.id.Timeframe;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LLMReportStepTest {
  private static final Map<String, Object> INPUTS =
      Map.of(
          "llm", Map.of("promptId", "report_v1", "llmProfile", Map.of()),
          "ohlcvStepId", "ohlcv",
          "chartsManifestStepId", "ohlcv");

  @Test
  void of_holdsAllThatExecutionNeeds() {
    var run = run("LINKUSDT", "llm:4h:v1", Map.of("timeframe", "4h", "inputs", INPUTS));

    assertThat(result(run, "llm:4h:v1"))
        .isInstanceOfSatisfying(
            LLMReportStep.Result.Valid.class,
            valid -> {
              var step = valid.step();
              var id = run.step("llm:4h:v1").orElseThrow().id();
              assertThat(step.key()).isEqualTo(new StepKey(RunDocument.ID, id));
              assertThat(step.timeframe()).isEqualTo(new Timeframe("4h"));
              assertThat(step.symbol()).isEqualTo("LINKUSDT");
              assertThat(step.flowKey()).isEqualTo("demo_flow");
              assertThat(step.inputs().promptId()).isEqualTo("report_v1");
            });
  }

  @Test
  void of_namesAllThatIsWrong() {
    assertThat(violations(run("A/B", "a", Map.of())))
        .containsExactly("/scope/symbol", "/steps/a/timeframe", "/steps/a/inputs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4 h", "4/h", "abcdefghijklmnopq"})
  void of_refusesATimeframeOfAnotherForm(String timeframe) {
    var run = run("LINKUSDT", "a", Map.of("timeframe", timeframe, "inputs", INPUTS));

    assertThat(violations(run)).containsExactly("/steps/a/timeframe");
  }

  @Test
  void of_refusesATimeframeThatIsNoText() {
    var run = run("LINKUSDT", "a", Map.of("timeframe", 240L, "inputs", INPUTS));

    assertThat(violations(run)).containsExactly("/steps/a/timeframe");
  }

  @Test
  void of_refusesATimeframeThatTheStepIdContradicts() {
    var run = run("LINKUSDT", "report_1M_x", Map.of("timeframe", "4h", "inputs", INPUTS));

    assertThat(result(run, "report_1M_x"))
        .isEqualTo(
            new LLMReportStep.Result.Invalid(
                List.of(
                    new Violation(
                        "/steps/report_1M_x/timeframe",
                        "differs from the timeframe in the step id"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LINKUSDT", "BTC-USD", "BRK.B", "^GSPC", "日経225", "a"})
  void of_takesSymbolsOfVisibleCharacters(String symbol) {
    var run = run(symbol, "a", Map.of("timeframe", "4h", "inputs", INPUTS));

    assertThat(result(run, "a")).isInstanceOf(LLMReportStep.Result.Valid.class);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "LINK/USDT",
        "LINK USDT",
        "LINK\n",
        "LINK\u00a0",
        "LINK\u200b",
        "LINK\u202e",
        "LINK\ud83d",
        "LINK\u0007"
      })
  void of_refusesOtherSymbols_withoutRepeatingThem(@Nullable String symbol) {
    var run = run(symbol, "a", Map.of("timeframe", "4h", "inputs", INPUTS));

    assertThat(violations(run)).containsExactly("/scope/symbol");
    assertThat(result(run, "a").toString()).doesNotContain("LINK");
  }

  @Test
  void of_takesASymbolOf64CharactersAndNotOneMore() {
    var fields = Map.<String, Object>of("timeframe", "4h", "inputs", INPUTS);

    assertThat(violations(run("X".repeat(64), "a", fields))).isEmpty();
    assertThat(violations(run("X".repeat(65), "a", fields))).hasSize(1);
  }

  @Test
  void new_refusesASymbolThatNoStepCanHave() {
    var valid = run("X", "a", Map.of("timeframe", "4h", "inputs", INPUTS));
    var step = ((LLMReportStep.Result.Valid) result(valid, "a")).step();

    assertThatThrownBy(
            () -> new LLMReportStep(step.key(), step.timeframe(), "A/B", null, step.inputs()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static FlowRun run(@Nullable String symbol, String stepId, Map<String, Object> fields) {
    return RunDocument.running()
        .with("scope", symbol == null ? Map.of() : Map.of("symbol", symbol))
        .step(stepId, RunDocument.fields(FlowStep.LLM_REPORT, StepStatus.RUNNING, fields))
        .step("ohlcv", Map.of("outputs", Map.of("gcs_uri", "gs://bucket/x.json")))
        .run();
  }

  private static LLMReportStep.Result result(FlowRun run, String stepId) {
    return LLMReportStep.of(run, run.step(stepId).orElseThrow(), 8);
  }

  /** Of the one step that is not called ohlcv. */
  private static List<String> violations(FlowRun run) {
    var stepId = run.steps().keySet().stream().filter(id -> !id.equals("ohlcv")).findFirst();
    return switch (result(run, stepId.orElseThrow())) {
      case LLMReportStep.Result.Valid _ -> List.of();
      case LLMReportStep.Result.Invalid(var violations) ->
          violations.stream().map(Violation::pointer).toList();
    };
  }
}
