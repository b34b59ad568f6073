package io.tda.worker.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class WarmUpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void run_makesAllCalls_alsoWhereOneFails() {
    var called = new AtomicBoolean();
    WarmUp.run(
        PATIENCE,
        List.of(
            () -> {
              throw new IllegalStateException("down");
            },
            () -> called.set(true)));
    assertThat(called).isTrue();
  }

  @Test
  void run_makesCallsAtOnce_onPlatformThreads() {
    var both = new CountDownLatch(2);
    var virtual = new AtomicBoolean();
    Runnable call =
        () -> {
          virtual.compareAndSet(false, Thread.currentThread().isVirtual());
          both.countDown();
          await(both);
        };
    WarmUp.run(PATIENCE, List.of(call, call));
    assertThat(both.getCount()).isZero();
    assertThat(virtual).isFalse();
  }

  @Test
  void run_doesNotWaitForEver() {
    var never = new CountDownLatch(1);
    WarmUp.run(Duration.ofMillis(50), List.of(() -> await(never)));
    assertThat(never.getCount()).isOne();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
