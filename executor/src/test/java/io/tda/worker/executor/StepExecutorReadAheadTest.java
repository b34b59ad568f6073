package io.tda.worker.executor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.lease.StepLease.Effort;
import io.tda.worker.store.LossyDocumentStore.Loss;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs are read while the lease is acquired, and nothing more than read. */
final class StepExecutorReadAheadTest {
  private final Forked forks = new Forked();
  private ExecutorFixture fixture;

  @BeforeEach
  void makeFixture(@TempDir Path folder) {
    fixture = new ExecutorFixture(folder, forks);
  }

  @Test
  void execute_readsItsInputs_whileTheLeaseIsAcquired() {
    fixture.lossy.afterCommit(forks::run);

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
    assertThat(fixture.log.names())
        .containsSubsequence(
            "step_claimed_received",
            "prompt_fetch_finished",
            "context_resolve_finished",
            "lease_acquired",
            "user_input_built",
            "llm_request_started");
  }

  @Test
  void execute_readsNoMore_whenTheLeaseIsAnothers() {
    fixture.lossy.lose(Loss.REFUSED);
    fixture.lossy.afterCommit(fixture::takeOver);

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.InProgress.class);
    forks.run();
    assertReadNothing();
  }

  @Test
  void execute_readsNoMore_whenTheLeaseCannotBeAcquired() {
    fixture.lossy.fail(
        new StepException(StepError.of(ErrorCode.FIRESTORE_UNAVAILABLE, "refused").terminal()));

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    forks.run();
    assertReadNothing();
  }

  @Test
  void execute_asksNoModelAndWritesNothing_whenTheLeaseIsAnothers() {
    fixture.lossy.lose(Loss.REFUSED);
    fixture.lossy.afterCommit(() -> {
      forks.run();
      fixture.takeOver();
    });
    var run = fixture.stepText();

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.InProgress.class);
    assertThat(fixture.log.names()).contains("context_resolve_finished");
    assertThat(fixture.model.calls()).isZero();
    assertThat(fixture.reportExists()).isFalse();
    assertThat(fixture.stepText()).isEqualTo(run);
  }

  @Test
  void execute_takesTheReport_thatCameWhileTheLeaseWasAcquired() {
    fixture.execute();
    var report = fixture.reportText();
    fixture.forgetReport();
    fixture.claimAgain();
    fixture.lossy.afterCommit(() -> {
      forks.run();
      fixture.store(fixture.report, report.getBytes(UTF_8));
    });

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Finished.class);
    assertThat(fixture.model.calls()).isEqualTo(1);
    assertThat(fixture.step().status()).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void execute_handsTheStepBack_whenABugShowsInWhatIsReadAhead() {
    fixture.after(
        "prompt_fetch_started",
        () -> {
          throw new IllegalStateException("CANARY-OUTPUT-PHRASE");
        });
    fixture.lossy.afterCommit(forks::run);

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.lease().orElseThrow().value().effort()).isEqualTo(new Effort(1, 0));
    assertThat(fixture.lease().orElseThrow().value().lastError()).isEqualTo(ErrorCode.INTERNAL);
  }

  private void assertReadNothing() {
    assertThat(fixture.log.names())
        .doesNotContain("prompt_fetch_started", "gcs_read_started", "lease_acquired");
  }

  /** Threads that get on when they are told to, or when somebody waits for them. */
  private static final class Forked implements Forks {
    private final Queue<FutureTask<?>> started = new ArrayDeque<>();

    @Override
    public <T> Supplier<T> fork(Supplier<T> work) {
      var task = new FutureTask<>(work::get);
      started.add(task);
      return () -> {
        task.run();
        try {
          return task.get();
        } catch (ExecutionException e) {
          throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      };
    }

    /** Work may start more of it. */
    void run() {
      for (var task = started.poll(); task != null; task = started.poll()) {
        task.run();
      }
    }
  }
}
