package io.tda.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ThreadForksTest {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Forks forks = new ThreadForks(threads);

  @AfterEach
  void stop() {
    threads.close();
  }

  @Test
  void fork_runsWorkBesideTheCaller() throws InterruptedException {
    var started = new CountDownLatch(1);
    var result =
        forks.fork(() -> {
          started.countDown();
          return 7;
        });
    started.await();
    assertThat(result.get()).isEqualTo(7);
  }

  @Test
  void fork_throwsWhatTheWorkThrew() {
    var fault = new StepException(StepError.of(ErrorCode.GCS_READ_FAILED, "down"));
    var result =
        forks.fork(() -> {
          throw fault;
        });
    assertThatThrownBy(result::get).isSameAs(fault);
  }

  @Test
  void fork_throwsErrorsToo() {
    var error = new StackOverflowError();
    var result =
        forks.fork(() -> {
          throw error;
        });
    assertThatThrownBy(result::get).isSameAs(error);
  }
}
