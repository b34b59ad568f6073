package io.tda.worker.local.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

final class FibersTest {
  private final List<String> seen = new ArrayList<>();
  private final List<Throwable> uncaught = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Fibers fibers = new Fibers(uncaught::add);

  @Test
  void run_takesTurns_inTheOrderOfTheWakeUps() {
    waiting("a");
    waiting("b");
    fibers.run();
    LockSupport.unpark(threads.get(1));
    LockSupport.unpark(threads.get(0));
    fibers.run();
    assertThat(seen).containsExactly("a waits", "b waits", "b goes on", "a goes on");
  }

  @Test
  void run_leavesOutWhoIsNotWoken_finallyIncluded() {
    waiting("killed");
    fibers.run();
    fibers.run();
    assertThat(seen).containsExactly("killed waits");
  }

  @Test
  void close_endsWhoStillWaits() throws InterruptedException {
    waiting("a");
    fibers.run();
    fibers.close();
    threads.getFirst().join();
    assertThat(seen).containsExactly("a waits", "a ends");
    assertThat(uncaught).isEmpty();
  }

  @Test
  void lock_handsOverInTheSameTurn_whenItsHolderHasWaited() {
    var lock = new ReentrantLock();
    locking(lock, "a");
    locking(lock, "b");
    fibers.run();
    LockSupport.unpark(threads.getFirst());
    fibers.run();
    assertThat(seen).containsExactly("a has it", "a lets go", "b has it");
  }

  @Test
  void run_tellsOfWhatAFiberThrows() {
    fibers.start(
        "a",
        () -> {
          throw new IllegalStateException("planted");
        });
    fibers.run();
    assertThat(uncaught).singleElement().asString().contains("planted");
  }

  private void waiting(String name) {
    fibers.start(
        name,
        () -> {
          threads.add(Thread.currentThread());
          seen.add(name + " waits");
          try {
            fibers.park();
            seen.add(name + " goes on");
          } catch (Fibers.WorldEnded e) {
            seen.add(name + " ends");
            throw e;
          }
        });
  }

  private void locking(ReentrantLock lock, String name) {
    fibers.start(
        name,
        () -> {
          threads.add(Thread.currentThread());
          lock.lock();
          try {
            seen.add(name + " has it");
            fibers.park();
            seen.add(name + " lets go");
          } finally {
            lock.unlock();
          }
        });
  }
}
