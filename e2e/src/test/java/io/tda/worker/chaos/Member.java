package io.tda.worker.chaos;

import io.tda.worker.e2e.Awaiting;
import io.tda.worker.e2e.LogLine;
import io.tda.worker.e2e.RunBuilder;
import io.tda.worker.e2e.ServiceProcess;
import io.tda.worker.e2e.Signal;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One process of the fleet, with its wires, and what was done to it. */
final class Member {
  private final ServiceProcess process;
  private final Wires wires;
  private volatile @Nullable Blow blow;
  private volatile @Nullable Instant thawed;
  private volatile @Nullable URI endpoint;

  Member(ServiceProcess process, Wires wires) {
    this.process = process;
    this.wires = wires;
  }

  /** What was done to it, and when. */
  record Blow(Signal signal, Instant at) {}

  /** Where it takes requests; empty as long as it does not. */
  Optional<URI> endpoint() {
    if (endpoint == null) {
      endpoint =
          process.log().stream()
              .filter(line -> line.event().equals("service_started"))
              .findFirst()
              .map(line -> URI.create("http://127.0.0.1:" + line.at("/port").asInt()))
              .orElse(null);
    }
    return Optional.ofNullable(endpoint);
  }

  /** Kills it, ends it or freezes it; from now on no new requests are sent to it. */
  Blow strike(Signal signal) {
    blow = new Blow(signal, Instant.now()); // out of the rotation first
    process.send(signal);
    var struck = new Blow(signal, Instant.now());
    blow = struck;
    return struck;
  }

  /** Lets a frozen one go on. It stays out of the rotation. */
  void thaw() {
    thawed = Instant.now();
    process.send(Signal.CONT);
  }

  /** When it was let go on. */
  Optional<Instant> thawed() {
    return Optional.ofNullable(thawed);
  }

  /** Waits until it has answered all that it was asked, and shows the end of its log if not. */
  void awaitRest() {
    try {
      Awaiting.until(process.app() + " to come to rest", this::isAtRest);
    } catch (AssertionError e) {
      var log = process.log();
      throw new AssertionError(
          "alive: %s, log: %s"
              .formatted(process.isAlive(), log.subList(Math.max(0, log.size() - 60), log.size())),
          e);
    }
  }

  /** Requests that were turned away at the door have an end only. */
  private boolean isAtRest() {
    return count("step_claimed_received") <= count("push_finished")
        && count("cloud_event_received") <= count("cloud_event_finished");
  }

  private long count(String event) {
    return process.log().stream().filter(line -> line.event().equals(event)).count();
  }

  Optional<Blow> blow() {
    return Optional.ofNullable(blow);
  }

  boolean isSound() {
    return blow == null && process.isAlive();
  }

  /** Waits for a line of its log about a run. */
  LogLine awaitLine(RunBuilder run, String event) {
    return process.awaitLine(
        event + " of " + run.id(), it -> it.event().equals(event) && isAbout(it, run));
  }

  static boolean isAbout(LogLine line, RunBuilder run) {
    return line.text("runId").equals(run.id());
  }

  ServiceProcess process() {
    return process;
  }

  Wires wires() {
    return wires;
  }
}
