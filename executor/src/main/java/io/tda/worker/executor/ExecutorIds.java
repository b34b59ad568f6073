package io.tda.worker.executor;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Names deliveries: a random word for the process, and a number. Safe for use by many threads. */
final class ExecutorIds implements Supplier<String> {
  private final String process;
  private final AtomicLong deliveries = new AtomicLong();

  ExecutorIds(RandomGenerator random) {
    this.process = HexFormat.of().toHexDigits(random.nextLong());
  }

  @Override
  public String get() {
    return process + "-" + deliveries.incrementAndGet();
  }
}
