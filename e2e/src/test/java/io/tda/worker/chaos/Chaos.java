package io.tda.worker.chaos;

import io.tda.worker.e2e.Awaiting;
import io.tda.worker.e2e.Platform;
import io.tda.worker.e2e.RunBuilder;
import io.tda.worker.e2e.ServiceApp;
import io.tda.worker.e2e.Stack;
import io.tda.worker.e2e.StackSettings;
import io.tda.worker.e2e.StackSettings.Orders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The emulators, a fleet on them, and what delivers to it. */
final class Chaos implements AutoCloseable {
  /** The step of every run. */
  static final String STEP = "report";

  /** Shorter than in production, as everything here. */
  private static final Duration SCHEDULE = Duration.ofSeconds(1);

  private final Platform platform;
  private final Stack stack;
  private final Fleet fleet;
  private final Deliveries deliveries;
  private final HttpClient client = HttpClient.newHttpClient();

  private Chaos(Platform platform, Stack stack, Wires wires, Backoff backoff) {
    this.platform = platform;
    this.stack = stack;
    this.fleet = new Fleet(stack, wires);
    this.deliveries = new Deliveries(fleet, backoff);
  }

  /**
   * Starts it with one dispatcher and one executor.
   *
   * @param lease {@code LEASE_SECONDS}, and how long a message may take; the sweep waits a second
   *     beyond it
   */
  static Chaos start(String name, Duration lease, Backoff backoff) {
    var platform = Platform.start(Chaos::say);
    try {
      var wires = Wires.to(platform);
      var settings =
          StackSettings.of(name, Orders.HELD)
              .with("LEASE_SECONDS", Long.toString(lease.toSeconds()))
              .with("SWEEP_GRACE_SECONDS", "1")
              .with("DISPATCH_LEASE_SECONDS", Long.toString(lease.toSeconds()));
      for (var variable : wires.environment().entrySet()) {
        settings = settings.with(variable.getKey(), variable.getValue());
      }
      return new Chaos(platform, Stack.start(platform, settings), wires, backoff);
    } catch (RuntimeException | AssertionError e) {
      platform.close();
      throw e;
    }
  }

  static void say(String line) {
    System.out.println(line);
  }

  /** A run with one step that can be executed. */
  static RunBuilder run(String name) {
    return RunBuilder.run(name).report(STEP);
  }

  /** Creates a run and has the dispatchers told. */
  RunBuilder begin(RunBuilder run) {
    stack.create(run);
    deliveries.announce(run);
    return run;
  }

  /** The status of a run's step. */
  String status(RunBuilder run) {
    return stack.run(run).step(STEP).status();
  }

  /** The error code of a run's step that FAILED. */
  String errorCode(RunBuilder run) {
    return stack.run(run).step(STEP).errorCode();
  }

  long modelCalls(RunBuilder run) {
    return stack.modelCalls(run, STEP);
  }

  void awaitModelCall(RunBuilder run) {
    Awaiting.until("the model call of " + run.id(), () -> modelCalls(run) > 0);
  }

  /** Waits until all have ended, and says which have not. */
  void awaitEnds(List<RunBuilder> runs) {
    try {
      Awaiting.until("all steps to end", () -> runs.stream().allMatch(this::hasEnded));
    } catch (AssertionError e) {
      var stuck = runs.stream().filter(run -> !hasEnded(run)).toList();
      throw new AssertionError(
          "stuck: " + stuck.stream().map(it -> it.id() + " " + stack.log(it)).toList(), e);
    }
  }

  /** Whether the step of a run has ended, one way or the other. */
  boolean hasEnded(RunBuilder run) {
    var status = status(run);
    return status.equals("SUCCEEDED") || status.equals("FAILED");
  }

  /** Lets a sound dispatcher sweep, as Cloud Scheduler does every minute. */
  void sweep() {
    fleet.next(ServiceApp.DISPATCHER, "").ifPresent(it -> call(it.resolve("/sweep")));
  }

  /** Lets a sound dispatcher look for READY steps, as Cloud Scheduler does every hour. */
  void reconcile() {
    fleet.next(ServiceApp.DISPATCHER, "").ifPresent(it -> call(it.resolve("/reconcile")));
  }

  /** Waits until all have ended, with the scheduler's help. */
  void settle(List<RunBuilder> runs) {
    var open = new ArrayList<>(runs);
    var last = new AtomicReference<>(Instant.now());
    Awaiting.until(
        "all of " + runs.size() + " steps to end",
        () -> {
          open.removeIf(this::hasEnded);
          if (!open.isEmpty() && Instant.now().isAfter(last.get().plus(SCHEDULE))) {
            last.set(Instant.now());
            sweep();
            reconcile();
          }
          return open.isEmpty();
        });
  }

  /** Kills the Pub/Sub emulator with all that it holds, and has all wires lead to a new one. */
  boolean replacePubSub() {
    if (!platform.replacePubSub()) {
      return false;
    }
    stack.createTopic();
    for (var member : fleet.members()) {
      member.wires().pubsub().redirect(platform.pubsub().host());
      member.wires().pubsub().cut();
    }
    return true;
  }

  private void call(URI endpoint) {
    var request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Awaiting.PATIENCE)
            .POST(BodyPublishers.noBody())
            .build();
    try {
      client.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      // Whoever was called died; the scheduler calls again soon enough.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The executor to which nothing is ever done. */
  Member survivor() {
    return fleet.members().stream()
        .filter(member -> member.process() == stack.executor())
        .findFirst()
        .orElseThrow();
  }

  Platform platform() {
    return platform;
  }

  Stack stack() {
    return stack;
  }

  Fleet fleet() {
    return fleet;
  }

  Deliveries deliveries() {
    return deliveries;
  }

  @Override
  public void close() {
    try (platform;
        stack;
        fleet;
        deliveries;
        client) {
      // Each is closed, the last first.
    }
  }
}
