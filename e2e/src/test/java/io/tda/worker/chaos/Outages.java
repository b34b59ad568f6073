package io.tda.worker.chaos;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Neighbours that go away for everybody and come back, one after the other. Pub/Sub's emulator is
 * killed, and another takes its place. The others keep what they hold in memory, so they are only
 * not to be reached: connections to them break and are refused, or nothing comes back on them.
 */
final class Outages {
  private final Chaos chaos;
  private final Deque<Outage> plan = new ArrayDeque<>();
  private final Map<String, Integer> done = new TreeMap<>();
  private Runnable end = () -> {};

  private record Outage(String name, Runnable begin, Runnable end) {}

  Outages(Chaos chaos) {
    this.chaos = chaos;
    plan.add(new Outage("Pub/Sub killed, new emulator", this::replacePubSub, () -> {}));
    plan.add(unreachable("Firestore unreachable", Wires::firestore));
    plan.add(unreachable("storage unreachable", Wires::storage));
    plan.add(unreachable("Pub/Sub unreachable", Wires::pubsub));
    plan.add(
        new Outage(
            "Firestore silent",
            () -> each(Wires::firestore, wire -> wire.hold(Wire.Way.ANSWERS)),
            () -> each(Wires::firestore, wire -> wire.pass(Wire.Way.ANSWERS))));
  }

  /** Ends the one that is, and begins the next. */
  void next() {
    end();
    var outage = plan.remove();
    plan.add(outage);
    outage.begin().run();
    end = outage.end();
    done.merge(outage.name(), 1, Integer::sum);
  }

  /** All are there again. */
  void end() {
    end.run();
    end = () -> {};
  }

  /** How often each happened. */
  Map<String, Integer> counts() {
    return done;
  }

  private void replacePubSub() {
    if (!chaos.replacePubSub()) {
      Chaos.say("chaos: the Pub/Sub emulator is not ours to kill");
    }
  }

  private Outage unreachable(String name, Function<Wires, Wire> neighbour) {
    return new Outage(
        name,
        () -> each(neighbour, wire -> wire.down(true)),
        () -> each(neighbour, wire -> wire.down(false)));
  }

  private void each(Function<Wires, Wire> neighbour, Consumer<Wire> action) {
    List<Wires> all = chaos.fleet().members().stream().map(Member::wires).distinct().toList();
    all.stream().map(neighbour).forEach(action);
  }
}
