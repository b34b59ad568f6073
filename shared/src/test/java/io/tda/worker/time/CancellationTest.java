package io.tda.worker.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CancellationTest {
  private final Cancellation cancellation = new Cancellation();
  private final List<String> ran = new ArrayList<>();

  @Test
  void cancel_runsTheActionsInOrder() {
    cancellation.onCancel(() -> ran.add("first"));
    cancellation.onCancel(() -> ran.add("second"));
    assertThat(cancellation.isCancelled()).isFalse();

    cancellation.cancel();

    assertThat(cancellation.isCancelled()).isTrue();
    assertThat(ran).containsExactly("first", "second");
  }

  @Test
  void onCancel_runsAtOnce_whenCancelledBefore() {
    cancellation.cancel();

    cancellation.onCancel(() -> ran.add("late")).close();

    assertThat(ran).containsExactly("late");
  }

  @Test
  void cancel_runsNothingAgain_theSecondTime() {
    cancellation.onCancel(() -> ran.add("once"));

    cancellation.cancel();
    cancellation.cancel();

    assertThat(ran).containsExactly("once");
  }

  @Test
  void close_takesTheActionBack() {
    var registration = cancellation.onCancel(() -> ran.add("taken back"));
    registration.close();
    registration.close();

    cancellation.cancel();

    assertThat(ran).isEmpty();
  }

  @Test
  void close_takesBackOnlyItsOwn_whenAnActionIsRegisteredTwice() {
    Runnable action = () -> ran.add("twice");
    var registration = cancellation.onCancel(action);
    cancellation.onCancel(action);
    registration.close();
    registration.close();

    cancellation.cancel();

    assertThat(ran).containsExactly("twice");
  }

  @Test
  void cancel_runsAllActions_whenSomeFail() {
    cancellation.onCancel(() -> fail("one"));
    cancellation.onCancel(() -> fail("two"));
    cancellation.onCancel(() -> ran.add("last"));

    assertThatThrownBy(cancellation::cancel)
        .hasMessage("one")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(ran).containsExactly("last");
  }

  @Test
  void onCancel_mayBeCalledByAnAction() {
    cancellation.onCancel(() -> cancellation.onCancel(() -> ran.add("inner")));

    cancellation.cancel();

    assertThat(ran).containsExactly("inner");
  }

  @Test
  @Timeout(30)
  void cancel_runsEachActionOnce_whenItRacesWithRegistrationAndItself() throws Exception {
    for (int round = 0; round < 500; round++) {
      var raced = new Cancellation();
      var runs = new AtomicInteger();
      race(
          raced::cancel,
          raced::cancel,
          () -> raced.onCancel(runs::incrementAndGet),
          () -> raced.onCancel(runs::incrementAndGet));
      assertThat(runs).hasValue(2);
    }
  }

  private static void race(Runnable... actions) throws Exception {
    var start = new CyclicBarrier(actions.length);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<java.util.concurrent.Future<?>>();
      for (var action : actions) {
        all.add(
            threads.submit(() -> {
              start.await();
              action.run();
              return null;
            }));
      }
      for (var one : all) {
        one.get();
      }
    }
  }

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }
}
