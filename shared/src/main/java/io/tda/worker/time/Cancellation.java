package io.tda.worker.time;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells work that is under way to stop: a lost lease, or a process that shuts down. Cancelled once,
 * it stays so.
 */
public final class Cancellation {
  private final List<Action> actions = new ArrayList<>();
  private boolean cancelled;

  /** Whether the work is to stop. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * Runs the action when the work is cancelled, or at once if it is already.
   *
   * @return takes the action back, for work that has ended by itself; an action that is being run
   *     already is not waited for
   */
  public Registration onCancel(Runnable action) {
    synchronized (this) {
      if (!cancelled) {
        var entry = new Action(action);
        actions.add(entry);
        return () -> forget(entry);
      }
    }
    action.run();
    return () -> {};
  }

  /**
   * Cancels the work. Actions run once each, on the caller's thread, in the order in which they
   * were registered; one that fails does not keep the others from running.
   */
  public void cancel() {
    List<Action> due;
    synchronized (this) {
      cancelled = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    runAll(due);
  }

  private static void runAll(List<Action> due) {
    RuntimeException failure = null;
    for (var action : due) {
      try {
        action.run.run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private synchronized void forget(Action action) {
    actions.remove(action);
  }

  /** One registration; the same action may be registered twice. */
  private static final class Action {
    private final Runnable run;

    private Action(Runnable run) {
      this.run = run;
    }
  }

  /** An action that waits for a cancellation. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
