package io.tda.worker.time;

import java.time.Duration;

/** Puts the calling thread to sleep. */
public final class ThreadSleeper implements Sleeper {
  @Override
  public void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
