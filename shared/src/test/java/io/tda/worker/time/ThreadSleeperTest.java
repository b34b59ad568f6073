package io.tda.worker.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ThreadSleeperTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Cancellation wake = new Cancellation();

  @Test
  void sleep_ends_whenThereIsNoMoreUseInWaiting() {
    var sleeping = CompletableFuture.runAsync(() -> new ThreadSleeper(wake).sleep(LONG));
    wake.cancel();
    assertThat(sleeping).succeedsWithin(PATIENCE);
  }

  @Test
  void sleep_doesNotBegin_whenThereIsNoMoreUseInWaiting() {
    wake.cancel();
    assertThat(CompletableFuture.runAsync(() -> new ThreadSleeper(wake).sleep(LONG)))
        .succeedsWithin(PATIENCE);
  }

  @Test
  void sleep_lastsAsLongAsItWasTold() {
    var started = System.nanoTime();
    new ThreadSleeper().sleep(Duration.ofMillis(50));
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(49));
  }

  @Test
  void sleep_keepsTheInterruption() {
    Thread.currentThread().interrupt();
    new ThreadSleeper().sleep(LONG);
    assertThat(Thread.interrupted()).isTrue();
  }
}
