package io.tda.worker.local.sim;

import io.tda.worker.flow.StepException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Requests of one process to something remote: each way takes time, and neither needs to arrive.
 */
final class Network {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMillis(30);

  private final World world;
  private final SimulatedProcess process;

  Network(World world, SimulatedProcess process) {
    this.world = world;
    this.process = process;
  }

  SimulatedProcess process() {
    return process;
  }

  /** How long one way takes when nothing is wrong. */
  Duration way() {
    return world.between(SHORTEST, LONGEST);
  }

  /** A request that is answered. */
  <T> T request(Duration there, Supplier<T> server) {
    var signal = new Signal<T>(world, process);
    world.after(there, () -> serve(signal, server));
    return signal.await();
  }

  /** A request that never arrives: waits until the caller is told, and gives what to throw. */
  StepException refused(Duration after, StepException fault) {
    var signal = new Signal<StepException>(world, process);
    world.after(after, () -> signal.answer(fault));
    return signal.await();
  }

  /** A request that is carried out after this time, whatever the caller is told, and when. */
  StepException unknown(Duration there, Runnable server, Duration after, StepException fault) {
    world.after(there, server);
    return refused(after, fault);
  }

  private <T> void serve(Signal<T> signal, Supplier<T> server) {
    try {
      var answer = server.get();
      world.after(way(), () -> signal.answer(answer));
    } catch (RuntimeException e) {
      world.after(way(), () -> signal.fail(e));
    }
  }
}
