package io.tda.worker.flow;

import static io.tda.worker.flow.StepStatus.PENDING;
import static io.tda.worker.flow.StepStatus.READY;
import static io.tda.worker.flow.StepStatus.RUNNING;
import static io.tda.worker.flow.StepStatus.SKIPPED;
import static io.tda.worker.flow.StepStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tda.worker.flow.Selection.Blocked;
import io.tda.worker.flow.Selection.DependencyNotSucceeded;
import io.tda.worker.flow.Selection.Misconfigured;
import io.tda.worker.flow.Selection.NoReadyStep;
import io.tda.worker.flow.Selection.RunNotRunning;
import io.tda.worker.flow.Selection.Selected;
import io.tda.worker.id.StepId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadyStepSelectorTest {
  private final ReadyStepSelector selector = new ReadyStepSelector(1);

  @ParameterizedTest
  @EnumSource(value = RunStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "RUNNING")
  void select_findsNothing_whenTheRunIsNotRunning(RunStatus status) {
    var run = RunDocument.running().with("status", status.name()).report("a", READY).run();

    assertThat(selector.select(run)).isEqualTo(new RunNotRunning(status));
  }

  @ParameterizedTest
  @EnumSource(value = StepStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "READY")
  void select_findsNothing_whenNoStepIsReady(StepStatus status) {
    assertThat(selector.select(RunDocument.running().report("a", status).run()))
        .isEqualTo(new NoReadyStep());
  }

  @Test
  void select_leavesOtherStepTypesToOthers() {
    var fields = RunDocument.fields("CHART_EXPORT", READY, Map.of("dependsOn", "broken"));

    assertThat(selector.select(RunDocument.running().step("a", fields).run()))
        .isEqualTo(new NoReadyStep());
  }

  @Test
  void select_takesTheFirstByCodeUnits_whateverTheDocumentsOrder() {
    var run = RunDocument.running().report("\uff21", READY).report("📈", READY).run();

    assertThat(selected(run)).containsExactly("📈");
  }

  @Test
  void select_takesAStepWhoseDependenciesSucceeded() {
    var run =
        RunDocument.running()
            .report("a", SUCCEEDED)
            .report("b", SUCCEEDED)
            .report("c", READY, "a", "b")
            .run();

    assertThat(selected(run)).containsExactly("c");
  }

  @Test
  void select_passesABlockedStepOver_whenALaterOneIsFree() {
    var run =
        RunDocument.running().report("a", READY, "x").report("b", READY).report("x", PENDING).run();

    assertThat(selected(run)).containsExactly("b");
  }

  @ParameterizedTest
  @EnumSource(value = StepStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "SUCCEEDED")
  void select_isBlocked_whenADependencyHasNotSucceeded(StepStatus status) {
    // x is of another type, so that it is no candidate itself.
    var run =
        RunDocument.running()
            .report("a", READY, "x")
            .step("x", Map.of("stepType", "OHLCV_EXPORT", "status", status.name()))
            .run();

    assertThat(selector.select(run))
        .isEqualTo(
            new DependencyNotSucceeded(
                List.of(new Blocked(new StepId("a"), new StepId("x"), status))));
  }

  @Test
  void select_namesTheFirstOpenDependencyOfEachBlockedStep() {
    var run =
        RunDocument.running()
            .report("b", READY, "done", "y", "x")
            .report("a", READY, "x")
            .report("done", SUCCEEDED)
            .report("x", SKIPPED)
            .report("y", RUNNING)
            .run();

    assertThat(selector.select(run))
        .isEqualTo(
            new DependencyNotSucceeded(
                List.of(
                    new Blocked(new StepId("a"), new StepId("x"), SKIPPED),
                    new Blocked(new StepId("b"), new StepId("y"), RUNNING))));
  }

  @Test
  void select_reportsAnUnknownDependency_evenBehindABlockedOne() {
    var run = RunDocument.running().report("a", READY, "x", "gone").report("x", PENDING).run();

    assertThat(selector.select(run))
        .isEqualTo(misconfigured(run, "a", "/dependsOn/1", "names no step of this run"));
  }

  @Test
  void select_reportsAMalformedDependsOn() {
    var run =
        RunDocument.running()
            .step("a", RunDocument.fields(FlowStep.LLM_REPORT, READY, Map.of("dependsOn", "x")))
            .run();

    assertThat(selector.select(run))
        .isEqualTo(misconfigured(run, "a", "/dependsOn", "must be a list of step ids"));
  }

  @Test
  void select_reportsAMisconfiguredStepFirst_whenItsIdIsFirst() {
    var run = RunDocument.running().report("a", READY, "gone").report("b", READY).run();

    assertThat(selector.select(run)).isInstanceOf(Misconfigured.class);
  }

  @Test
  void select_takesTheFreeStepFirst_whenTheMisconfiguredOneIsLater() {
    var run = RunDocument.running().report("a", READY).report("b", READY, "gone").run();

    assertThat(selected(run)).containsExactly("a");
  }

  @Test
  void select_takesTheFreeStepsAlone_whenThereIsRoomForMore() {
    var run = RunDocument.running().report("a", READY).report("b", READY, "gone").run();

    assertThat(new ReadyStepSelector(2).select(run))
        .isEqualTo(new Selected(List.of(run.step("a").orElseThrow())));
  }

  @Test
  void select_takesAsManyAsAllowed_inOrder() {
    var run =
        RunDocument.running()
            .report("d", READY)
            .report("c", READY)
            .report("b", READY, "x")
            .report("a", READY)
            .report("x", PENDING)
            .run();

    assertThat(new ReadyStepSelector(2).select(run))
        .isEqualTo(new Selected(List.of(run.step("a").orElseThrow(), run.step("c").orElseThrow())));
  }

  @Test
  void select_reportsAStepThatWaitsForItself() {
    var run = RunDocument.running().report("a", READY, "a").run();

    assertThat(selector.select(run))
        .isEqualTo(misconfigured(run, "a", "/dependsOn", "waits for a cycle of dependencies"));
  }

  @Test
  void select_reportsTheFirstStepOfACycle() {
    var run =
        RunDocument.running()
            .report("c", READY, "a")
            .report("b", READY, "c")
            .report("a", READY, "b")
            .run();

    assertThat(selector.select(run))
        .isEqualTo(misconfigured(run, "a", "/dependsOn", "waits for a cycle of dependencies"));
  }

  @Test
  void select_reportsAStepThatWaitsForACycleOfOthers() {
    var run =
        RunDocument.running()
            .report("a", READY, "x")
            .report("x", PENDING, "y")
            .report("y", PENDING, "x")
            .run();

    assertThat(selector.select(run)).isInstanceOf(Misconfigured.class);
  }

  @Test
  void select_leavesACycleAlone_whileAnotherStepIsFree() {
    var run = RunDocument.running().report("a", READY, "a").report("b", READY).run();

    assertThat(selected(run)).containsExactly("b");
  }

  @Test
  void select_isQuick_with10000StepsThatWaitInAChain() {
    var document = RunDocument.running().report("s10000", PENDING);
    for (int i = 0; i < 10_000; i++) {
      document.report("s" + i, READY, "s" + (i + 1));
    }
    var run = document.run();

    var selection = Assertions.assertTimeout(Duration.ofSeconds(2), () -> selector.select(run));
    assertThat(selection).isInstanceOf(DependencyNotSucceeded.class);
  }

  @Test
  void new_refusesToSelectNothing() {
    assertThatThrownBy(() -> new ReadyStepSelector(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> selected(FlowRun run) {
    return switch (selector.select(run)) {
      case Selected(var steps) -> steps.stream().map(step -> step.id().value()).toList();
      case Misconfigured _, NoReadyStep _, DependencyNotSucceeded _, RunNotRunning _ -> List.of();
    };
  }

  private static Misconfigured misconfigured(FlowRun run, String step, String field, String rule) {
    var found = run.step(step).orElseThrow();
    return new Misconfigured(found, new Violation(found.pointer() + field, rule));
  }
}
