package io.tda.worker.adapter.memory;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Hands changes to listeners one at a time, in the order of the commits, and outside the store's
 * lock: one thread delivers, and takes along what others commit meanwhile. So a listener may write.
 */
final class ChangeFeed {
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final Queue<Change> pending = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean delivering = new AtomicBoolean();

  void subscribe(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /** Appends a commit's changes; under the store's lock, which gives the order. */
  void append(List<Change> changes) {
    if (!listeners.isEmpty()) {
      pending.addAll(changes);
    }
  }

  /** Delivers what is pending, unless somebody is at it already; never under the store's lock. */
  void deliver() {
    while (!pending.isEmpty() && delivering.compareAndSet(false, true)) {
      try {
        deliverAll();
      } finally {
        delivering.set(false);
      }
    }
  }

  private void deliverAll() {
    for (var change = pending.poll(); change != null; change = pending.poll()) {
      for (var listener : listeners) {
        listener.accept(change);
      }
    }
  }
}
