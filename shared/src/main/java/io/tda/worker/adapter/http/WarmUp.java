package io.tda.worker.adapter.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the clients' first calls before there are requests: connections, credentials and classes
 * are then there when an event comes, and starting up is when the platform gives more of its
 * processor.
 */
public final class WarmUp {
  private WarmUp() {}

  /**
   * Makes the calls, all at once, each on a platform thread. What fails is left to the first
   * request, which has to deal with faults anyway.
   *
   * @param limit calls that take longer go on by themselves
   */
  public static void run(Duration limit, List<Runnable> calls) {
    var end = System.nanoTime() + limit.toNanos();
    var threads = new ArrayList<Thread>();
    calls.forEach(call -> threads.add(Thread.ofPlatform().daemon().start(() -> attempt(call))));
    try {
      for (var thread : threads) {
        thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void attempt(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      // See above.
    }
  }
}
