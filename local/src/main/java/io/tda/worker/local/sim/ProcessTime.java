package io.tda.worker.local.sim;

import io.tda.worker.executor.Forks;
import io.tda.worker.time.Cancellation;
import io.tda.worker.time.Sleeper;
import io.tda.worker.time.Ticker;
import java.time.Duration;
import java.util.function.Supplier;

/** What a process of the simulation waits with: sleeps, heartbeats, threads. */
final class ProcessTime {
  private final World world;
  private final SimulatedProcess process;

  ProcessTime(World world, SimulatedProcess process) {
    this.world = world;
    this.process = process;
  }

  Sleeper sleeper() {
    return duration -> {
      var signal = new Signal<Boolean>(world, process);
      world.after(duration, () -> signal.answer(true));
      var _ = signal.await();
    };
  }

  /** Each beat in a thread of its own, as a pool would do it. */
  Ticker ticker() {
    return (period, action) -> {
      var beats = new Beats(Work.current(), period, action);
      beats.next();
      return beats;
    };
  }

  /** Each piece of work in a thread of its own. */
  Forks forks() {
    return new Forks() {
      @Override
      public <T> Supplier<T> fork(Supplier<T> work) {
        var signal = new Signal<T>(world, process);
        process.start(
            Work.current(),
            () -> {
              try {
                signal.answer(work.get());
              } catch (RuntimeException e) {
                signal.fail(e);
              }
            });
        return signal::await;
      }
    };
  }

  private final class Beats implements Cancellation.Registration {
    private final Work work;
    private final Duration period;
    private final Runnable action;
    private boolean closed;

    Beats(Work work, Duration period, Runnable action) {
      this.work = work;
      this.period = period;
      this.action = action;
    }

    void next() {
      world.after(period, () -> process.start(work, this::beat));
    }

    private void beat() {
      if (!closed) {
        action.run();
        next();
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
