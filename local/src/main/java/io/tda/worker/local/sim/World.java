package io.tda.worker.local.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Virtual time and everything that is still to happen in it. One seed makes one world. */
final class World implements AutoCloseable {
  /** When every simulation begins. */
  static final Instant START = Instant.parse("2025-12-24T06:00:00Z");

  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private final SplittableRandom random;
  private final Trace trace;
  private final Fibers fibers = new Fibers(this::uncaught);
  private long nowMicros;
  private long scheduled;
  private long events;
  private @Nullable Violation violation;

  private record Due(long atMicros, long number, Runnable event) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(atMicros, other.atMicros);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  World(long seed, Trace trace) {
    // Neighbouring seeds give unrelated worlds.
    this.random = new SplittableRandom(new SplittableRandom(seed).nextLong());
    this.trace = trace;
  }

  RandomGenerator random() {
    return random;
  }

  Fibers fibers() {
    return fibers;
  }

  Trace trace() {
    return trace;
  }

  Instant now() {
    return START.plusNanos(nowMicros * 1_000);
  }

  /** How much virtual time has passed. */
  Duration elapsed() {
    return Duration.ofNanos(nowMicros * 1_000);
  }

  /** How many events have happened. */
  long events() {
    return events;
  }

  /** Has something happen after this time. */
  void after(Duration delay, Runnable event) {
    due.add(new Due(nowMicros + delay.toNanos() / 1_000, scheduled++, event));
  }

  /** A time between the two, in microseconds. */
  Duration between(Duration shortest, Duration longest) {
    long least = shortest.toNanos() / 1_000;
    long most = longest.toNanos() / 1_000;
    return Duration.ofNanos(
        (least + (most > least ? random.nextLong(most - least + 1) : 0)) * 1_000);
  }

  boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** Lets the next event happen, and all that follows from it at once. */
  boolean step() {
    var next = due.poll();
    if (next == null) {
      return false;
    }
    nowMicros = Math.max(nowMicros, next.atMicros());
    events++;
    next.event().run();
    fibers.run();
    return true;
  }

  /** Notes that something is not as it always has to be. The first counts. */
  void violated(Violation found) {
    if (violation == null) {
      violation = found;
      trace.say("checker", () -> "VIOLATION " + found);
    }
  }

  @Nullable Violation violation() {
    return violation;
  }

  /** Writes a line of the trace. */
  void say(String who, Supplier<String> what) {
    trace.say(who, what);
  }

  @Override
  public void close() {
    fibers.close();
  }

  private void uncaught(Throwable e) {
    violated(
        new Violation(
            Invariant.NO_BUG,
            null,
            "a thread ended with "
                + e
                + " at "
                + Arrays.stream(e.getStackTrace()).limit(5).toList()));
  }
}
