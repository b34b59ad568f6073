package io.tda.worker.e2e;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Does many things, some of them at a time. */
final class Together {
  private Together() {}

  /** Returns when all are done; the first failure is thrown on. */
  static <T> void forEach(List<T> items, int atATime, Consumer<T> work) {
    var places = new Semaphore(atATime);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          items.stream()
              .map(item -> CompletableFuture.runAsync(() -> inPlace(places, item, work), threads))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(all).join();
    }
  }

  private static <T> void inPlace(Semaphore places, T item, Consumer<T> work) {
    places.acquireUninterruptibly();
    try {
      work.accept(item);
    } finally {
      places.release();
    }
  }
}
