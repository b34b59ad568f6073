package io.tda.worker.time;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells work that is under way to stop: a lost lease, or a process that shuts down. Cancelled once,
 * it stays so.
 */
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean cancelled;

  /** Whether the work is to stop. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * Runs the action when the work is cancelled, or at once if it is already.
   *
   * @return takes the action back, for work that has ended by itself
   */
  public Registration onCancel(Runnable action) {
    synchronized (this) {
      if (!cancelled) {
        actions.add(action);
        return () -> forget(action);
      }
    }
    action.run();
    return () -> {};
  }

  /** Cancels the work. Actions run on the caller's thread. */
  public void cancel() {
    List<Runnable> due;
    synchronized (this) {
      cancelled = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }

  private synchronized void forget(Runnable action) {
    actions.remove(action);
  }

  /** An action that waits for a cancellation. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
