package io.tda.worker.time;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Puts the calling thread to sleep, and wakes it where there is no more use in waiting. */
public final class ThreadSleeper implements Sleeper {
  private final Cancellation wake;

  /** A sleeper that nobody wakes. */
  public ThreadSleeper() {
    this(new Cancellation());
  }

  /**
   * @param wake ends all sleep, also that which has not begun
   */
  public ThreadSleeper(Cancellation wake) {
    this.wake = wake;
  }

  @Override
  public void sleep(Duration duration) {
    var woken = new CountDownLatch(1);
    try (var _ = wake.onCancel(woken::countDown)) {
      var _ = woken.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
