package io.tda.worker.chaos;

import io.tda.worker.e2e.ServiceApp;
import io.tda.worker.e2e.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Strikes processes at random, and starts another in each one's place. */
final class Blows {
  /** Drawn from; half of all are deaths. */
  private static final List<Signal> SIGNALS =
      List.of(Signal.KILL, Signal.KILL, Signal.TERM, Signal.STOP);

  /** Executors hold leases: they are struck more often. */
  private static final double EXECUTORS = 0.75;

  private final Chaos chaos;
  private final Random random;
  private final double cuts;
  private final Map<Signal, Integer> done = new TreeMap<>();
  private final List<Member> frozen = new ArrayList<>();

  /**
   * @param cuts how often connections of the processes that are started break
   */
  Blows(Chaos chaos, Random random, double cuts) {
    this.chaos = chaos;
    this.random = random;
    this.cuts = cuts;
  }

  /** Starts one more process that may be struck. */
  Member launch(ServiceApp app) {
    var member = chaos.fleet().launch(app);
    cut(member.wires());
    return member;
  }

  /** The model's wire stays whole: a cut there is a failed call, which may be made again. */
  void cut(Wires wires) {
    for (var wire : List.of(wires.firestore(), wires.pubsub(), wires.storage())) {
      wire.disturb(new WireFaults(cuts, cuts, new Random(random.nextLong())));
    }
  }

  /** Strikes one, where there is one besides the survivors. */
  void next() {
    var executors = victims(ServiceApp.EXECUTOR);
    var dispatchers = victims(ServiceApp.DISPATCHER);
    var signal = SIGNALS.get(random.nextInt(SIGNALS.size()));
    boolean executor =
        random.nextDouble() < EXECUTORS ? !executors.isEmpty() : dispatchers.isEmpty();
    var victims = executor ? executors : dispatchers;
    if (!victims.isEmpty()) {
      strike(victims.get(random.nextInt(victims.size())), signal);
    }
  }

  private void strike(Member victim, Signal signal) {
    victim.strike(signal);
    done.merge(signal, 1, Integer::sum);
    if (signal == Signal.STOP) {
      frozen.add(victim);
    }
    launch(victim.process().app());
  }

  private List<Member> victims(ServiceApp app) {
    return chaos.fleet().sound(app).stream()
        .filter(member -> !member.wires().equals(chaos.survivor().wires()))
        .toList();
  }

  /** Breaks no more connections. */
  void heal() {
    for (var member : chaos.fleet().members()) {
      member.wires().all().forEach(wire -> wire.disturb(WireFaults.NONE));
    }
  }

  /** Lets all that are frozen go on, and waits until they have nothing left to do. */
  void thaw() {
    frozen.forEach(Member::thaw);
    frozen.forEach(Member::awaitRest);
  }

  /** How often each signal was sent. */
  Map<Signal, Integer> counts() {
    return done;
  }
}
