package io.tda.worker.flow;

import static io.tda.worker.flow.StepStatus.FAILED;
import static io.tda.worker.flow.StepStatus.PENDING;
import static io.tda.worker.flow.StepStatus.READY;
import static io.tda.worker.flow.StepStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DependencyCyclesTest {

  @Test
  void waitingForever_isEmpty_whenDependenciesFormATree() {
    var run =
        RunDocument.running()
            .report("a", READY, "b", "c")
            .report("b", PENDING, "d")
            .report("c", PENDING, "d")
            .report("d", READY)
            .run();

    assertThat(DependencyCycles.waitingForever(run)).isEmpty();
  }

  @Test
  void waitingForever_namesTheCycleAndAllThatWaitForIt() {
    var run =
        RunDocument.running()
            .report("a", READY, "b")
            .report("b", READY, "c")
            .report("c", READY, "a")
            .report("after", PENDING, "a")
            .report("later", PENDING, "after")
            .report("free", READY)
            .run();

    assertThat(DependencyCycles.waitingForever(run))
        .containsExactlyInAnyOrder("a", "b", "c", "after", "later");
  }

  @Test
  void waitingForever_isEmpty_whenAStepOfTheCycleHasEnded() {
    var run =
        RunDocument.running()
            .report("a", READY, "b")
            .report("b", FAILED, "a")
            .report("c", SUCCEEDED, "c")
            .run();

    assertThat(DependencyCycles.waitingForever(run)).isEmpty();
  }

  @Test
  void waitingForever_leavesOutAStepThatHasEnded() {
    var run = RunDocument.running().report("a", READY, "a").report("b", FAILED, "a").run();

    assertThat(DependencyCycles.waitingForever(run)).containsExactly("a");
  }

  @Test
  void waitingForever_countsADependencyOnce_howeverOftenItIsNamed() {
    var run = RunDocument.running().report("a", READY, "b", "b").report("b", READY).run();

    assertThat(DependencyCycles.waitingForever(run)).isEmpty();
  }

  @Test
  void waitingForever_ignoresNamesOfNoStep() {
    var run = RunDocument.running().report("a", READY, "gone").run();

    assertThat(DependencyCycles.waitingForever(run)).isEmpty();
  }
}
