package io.tda.worker.local.sim;

import io.tda.worker.message.StepClaimed;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing that a process does for somebody, with all threads that help with it. */
final class Work {
  private static final ScopedValue<Work> CURRENT = ScopedValue.newInstance();

  private final SimulatedProcess process;
  private final Kind kind;
  private final String name;
  private final @Nullable StepClaimed message;
  private Instant startedAt;
  private @Nullable String executorId;
  private int storeFaults;
  private int objectFaults;
  private boolean ended;
  private boolean hung;

  /** What it is done for. */
  enum Kind {
    EVENT,
    DELIVERY,
    DEAD_LETTER,
    SWEEP,
    RECONCILE
  }

  Work(SimulatedProcess process, Kind kind, String name, @Nullable StepClaimed message) {
    this.process = process;
    this.kind = kind;
    this.name = process.name() + "/" + name;
    this.message = message;
    this.startedAt = process.clock().instant();
  }

  /** What the calling fiber works on. */
  static Work current() {
    return CURRENT.get();
  }

  /** The name of what the calling fiber works on, or this one where it is none. */
  static String currentName(String otherwise) {
    return CURRENT.isBound() ? CURRENT.get().name() : otherwise;
  }

  /** Runs the body as a part of this work. */
  void run(Runnable body) {
    ScopedValue.where(CURRENT, this).run(body);
  }

  SimulatedProcess process() {
    return process;
  }

  Kind kind() {
    return kind;
  }

  String name() {
    return name;
  }

  /** The claim that was delivered. */
  Optional<StepClaimed> message() {
    return Optional.ofNullable(message);
  }

  /** A thread takes it up: only from now on its time counts. */
  void begin() {
    startedAt = process.clock().instant();
  }

  /** When it began, by the clock of its process. */
  Instant startedAt() {
    return startedAt;
  }

  /** Its name as a holder of a lease, once it has asked for one. */
  Optional<String> executorId() {
    return Optional.ofNullable(executorId);
  }

  void named(String id) {
    executorId = id;
  }

  void storeFault() {
    storeFaults++;
  }

  void objectFault() {
    objectFaults++;
  }

  int storeFaults() {
    return storeFaults;
  }

  int objectFaults() {
    return objectFaults;
  }

  /** It waits for something that does not come in its time, if ever. */
  void hang() {
    hung = true;
  }

  boolean hasHung() {
    return hung;
  }

  void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  @Override
  public String toString() {
    return name;
  }
}
