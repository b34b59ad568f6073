package io.tda.worker.executor;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs each piece of work on a thread of its own. */
public final class ThreadForks implements Forks {
  private final ExecutorService threads;

  /**
   * @param threads has a thread for every piece of work; the caller shuts it down
   */
  public ThreadForks(ExecutorService threads) {
    this.threads = threads;
  }

  @Override
  public <T> Supplier<T> fork(Supplier<T> work) {
    var result = threads.submit(work::get);
    return () -> {
      try {
        return result.get();
      } catch (ExecutionException e) {
        throw thrown(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    };
  }

  private static RuntimeException thrown(@Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(cause);
    };
  }
}
