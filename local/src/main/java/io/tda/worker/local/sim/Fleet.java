package io.tda.worker.local.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The instances of one service: who dies is replaced a little later. */
final class Fleet<T extends Fleet.Member> {
  private final World world;
  private final Function<String, T> start;
  private final String service;
  private final int concurrency;
  private final List<T> members = new ArrayList<>();
  private int started;

  /** An instance. */
  interface Member {
    SimulatedProcess process();
  }

  /**
   * @param start starts an instance of this name
   * @param concurrency how many requests an instance takes at a time
   */
  Fleet(World world, String service, int size, int concurrency, Function<String, T> start) {
    this.world = world;
    this.service = service;
    this.start = start;
    this.concurrency = concurrency;
    for (int i = 0; i < size; i++) {
      add();
    }
  }

  /** An instance that takes a request; empty where none is there or all are busy. */
  Optional<T> pick() {
    var free =
        members.stream()
            .filter(it -> it.process().isServing() && it.process().requests() < concurrency)
            .toList();
    return free.isEmpty()
        ? Optional.empty()
        : Optional.of(free.get(world.random().nextInt(free.size())));
  }

  private void add() {
    var member = start.apply(service + "-" + ++started);
    members.add(member);
    member
        .process()
        .onDeath(() -> {
          members.remove(member);
          world.after(world.between(Duration.ofMillis(500), Duration.ofSeconds(15)), this::add);
        });
  }
}
