package io.tda.worker.e2e;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened, the last first, and all of it whatever happens on the way. */
final class Closing implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  synchronized <T extends AutoCloseable> T with(T resource) {
    opened.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() {
    IllegalStateException failure = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) { // as AutoCloseable declares
        failure = failure == null ? new IllegalStateException("not all closed") : failure;
        failure.addSuppressed(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
