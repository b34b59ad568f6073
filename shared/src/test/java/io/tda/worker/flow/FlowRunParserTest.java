package io.tda.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.id.RunId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowRunParserTest {

  @Test
  void parse_readsWhatTheWorkerNeeds() {
    var run = RunDocument.running().report("llm:4h", StepStatus.READY).run();

    assertThat(run.id()).isEqualTo(RunDocument.ID);
    assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(run.flowKey()).isEqualTo("demo_flow");
    assertThat(run.symbol()).isEqualTo("LINKUSDT");
    assertThat(run.step("llm:4h"))
        .hasValueSatisfying(step -> {
          assertThat(step.isExecutable()).isTrue();
          assertThat(step.status()).isEqualTo(StepStatus.READY);
        });
  }

  @ParameterizedTest
  @EnumSource(RunStatus.class)
  void parse_knowsEveryRunStatus(RunStatus status) {
    var run = RunDocument.running().with("status", status.name()).run();

    assertThat(run.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "running", "PAUSED", " RUNNING"})
  void parse_refusesAnUnknownRunStatus(String status) {
    assertThat(violations(RunDocument.running().with("status", status)))
        .singleElement()
        .satisfies(violation -> assertThat(violation.pointer()).isEqualTo("/status"))
        .satisfies(violation -> assertThat(violation.rule()).doesNotContain("PAUSED"));
  }

  @Test
  void parse_refusesARunWithoutStatusOrSteps_namingBoth() {
    assertThat(invalid(Map.of()))
        .extracting(Violation::pointer)
        .containsExactly("/status", "/steps");
  }

  @Test
  void parse_refusesStepsThatAreNoMap() {
    assertThat(violations(RunDocument.running().with("steps", List.of())))
        .containsExactly(new Violation("/steps", "must be a map"));
  }

  @Test
  void parse_refusesAStepThatIsNoMap() {
    assertThat(violations(RunDocument.running().with("steps", Map.of("a", "READY"))))
        .containsExactly(new Violation("/steps/a", "must be a map"));
  }

  @Test
  void parse_refusesAnUnsafeStepId_withAPointerThatEscapesIt() {
    assertThat(violations(RunDocument.running().step("a/b~c d", Map.of())))
        .extracting(Violation::pointer)
        .containsExactly("/steps/a~1b~0c d");
  }

  @Test
  void parse_keepsPointersToOneLineAndShort_whateverAStepIsCalled() {
    var run = RunDocument.running().step("a\nb.", Map.of()).step("x.".repeat(500), Map.of());

    assertThat(violations(run))
        .extracting(Violation::pointer)
        .containsExactly("/steps/a\ufffdb.", "/steps/" + "x.".repeat(64) + "…");
  }

  @Test
  void parse_refusesARunIdThatIsNotTheDocuments() {
    assertThat(violations(RunDocument.running().with("runId", "another")))
        .containsExactly(new Violation("/runId", "must equal the document id"));
    assertThat(violations(RunDocument.running().with("runId", 7L))).hasSize(1);
  }

  @Test
  void parse_takesARunWithoutTheOptionalFields() {
    var run = RunDocument.running().without("runId").without("flowKey").without("scope").run();

    assertThat(run.flowKey()).isNull();
    assertThat(run.symbol()).isNull();
  }

  @Test
  void parse_leavesUnknownFieldsAndOddStepsAlone() {
    var odd = new HashMap<String, Object>();
    odd.put("status", "PAUSED");
    odd.put("custom", List.of(1L));
    var run = RunDocument.running().with("extra", 1L).step("odd", odd).run();

    var step = run.step("odd").orElseThrow();
    assertThat(step.status()).isEqualTo(StepStatus.UNRECOGNIZED);
    assertThat(step.stepType()).isEmpty();
    assertThat(step.fields()).containsEntry("custom", List.of(1L));
  }

  @Test
  void parse_reportsTheFirst20Violations() {
    var run = RunDocument.running();
    for (int i = 0; i < 100; i++) {
      run.step("a." + i, Map.of());
    }

    assertThat(violations(run)).hasSize(20);
  }

  @Test
  void parse_ordersSteps_whateverTheDocumentsOrder() {
    var run =
        RunDocument.running()
            .report("\uff21", StepStatus.READY)
            .report("📈", StepStatus.READY)
            .report("a", StepStatus.READY)
            .report("B", StepStatus.READY)
            .run();

    assertThat(run.steps().keySet()).containsExactly("B", "a", "📈", "\uff21");
  }

  @Test
  void parse_reads10000Steps() {
    var document = RunDocument.running();
    for (int i = 0; i < 10_000; i++) {
      document.report("step_" + i, StepStatus.PENDING);
    }

    assertThat(document.run().steps()).hasSize(10_000);
  }

  @Test
  void toString_ofAStep_leavesItsFieldsOut() {
    var run =
        RunDocument.running()
            .step("a", Map.of("inputs", Map.of("note", "CANARY-PROMPT-PHRASE")))
            .run();

    assertThat(run.toString()).doesNotContain("CANARY");
  }

  private static List<Violation> violations(RunDocument document) {
    return invalid(document.data());
  }

  private static List<Violation> invalid(Map<String, Object> data) {
    return switch (FlowRunParser.parse(new RunId(RunDocument.ID.value()), data)) {
      case FlowRunParser.Result.Invalid(var violations) -> violations;
      case FlowRunParser.Result.Parsed _ -> throw new AssertionError("was taken as valid");
    };
  }
}
