package io.tda.worker.bench;

import java.time.Duration;

/** How much time a measurement may take. */
enum Effort {
  /** Some minutes in all: shows whether something is badly wrong. */
  QUICK(Duration.ofSeconds(12), Duration.ofSeconds(2), 3),
  /** What is published. */
  FULL(Duration.ofSeconds(30), Duration.ofSeconds(5), 5);

  private final Duration warmUp;
  private final Duration window;
  private final int windows;

  Effort(Duration warmUp, Duration window, int windows) {
    this.warmUp = warmUp;
    this.window = window;
    this.windows = windows;
  }

  /** For the compilers to get to work; not measured. */
  Duration warmUp() {
    return warmUp;
  }

  /** One measurement; the median of several is reported. */
  Duration window() {
    return window;
  }

  int windows() {
    return windows;
  }
}
