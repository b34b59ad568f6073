package io.tda.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the store is asked for one report, once prompt and schema are cached. */
final class RoundTripsTest {
  private ExecutorFixture executor;

  @BeforeEach
  void warmUp(@TempDir Path folder) {
    executor = new ExecutorFixture(folder);
    executor.execute();
    executor.forgetReport();
    executor.claimAgain();
    executor.store.reset();
  }

  @Test
  void execute_readsOnceAndAcquires_beforeTheModelIsAsked() {
    executor.model.during(() -> {
      assertThat(executor.store.reads()).isEqualTo(1);
      assertThat(executor.store.commits()).hasSize(1);
    });

    assertThat(executor.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
    assertThat(executor.model.calls()).isEqualTo(2);
  }

  @Test
  void execute_writesTheReportAndFinalizes_afterTheModelHasAnswered() {
    executor.model.during(executor.store::reset);

    assertThat(executor.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
    assertThat(executor.reportExists()).isTrue();
    assertThat(executor.store.reads()).isZero();
    assertThat(executor.store.commits()).hasSize(1);
  }
}
