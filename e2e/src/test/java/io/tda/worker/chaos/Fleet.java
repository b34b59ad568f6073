package io.tda.worker.chaos;

import io.tda.worker.e2e.Awaiting;
import io.tda.worker.e2e.RunBuilder;
import io.tda.worker.e2e.ServiceApp;
import io.tda.worker.e2e.Stack;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many processes of both services, each on wires of its own, and a balancer in front of them: it
 * sends requests to each in turn, and to none that it knows to be dead or frozen.
 */
final class Fleet implements AutoCloseable {
  /** Many start at once, on a machine that may be busy. */
  private static final Duration START = Duration.ofMinutes(5);

  private final Stack stack;
  private final List<Member> members = new CopyOnWriteArrayList<>();
  private final Set<Member> reserved = ConcurrentHashMap.newKeySet();
  private final Map<String, Member> routes = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * Begins with the stack's own processes.
   *
   * @param wires what these are on
   */
  Fleet(Stack stack, Wires wires) {
    this.stack = stack;
    for (var process : stack.services()) {
      members.add(new Member(process, wires));
    }
  }

  Stack stack() {
    return stack;
  }

  /** Starts one more process and does not wait for it; it gets requests once it is ready. */
  Member launch(ServiceApp app) {
    var wires = Wires.to(stack.platform());
    var member = new Member(stack.launch(app, wires.environment()), wires);
    members.add(member);
    return member;
  }

  /** Waits until a process takes requests. */
  void awaitReady(Member member) {
    Awaiting.value(member.process().app() + " to start", START, member::endpoint);
  }

  /** Sends what is about this run to that process, as long as nothing happens to it. */
  void route(RunBuilder run, Member member) {
    routes.put(run.id(), member);
  }

  /** Where the next request about a run goes; empty where nobody is there to take it. */
  Optional<URI> next(ServiceApp app, String runId) {
    var wanted = Optional.ofNullable(routes.get(runId)).filter(it -> isReady(it, app));
    var ready = members.stream().filter(it -> isReady(it, app) && !reserved.contains(it)).toList();
    if (wanted.isEmpty() && ready.isEmpty()) {
      return Optional.empty();
    }
    var chosen =
        wanted.orElseGet(() -> ready.get(Math.floorMod(turn.getAndIncrement(), ready.size())));
    return chosen.endpoint();
  }

  /** Keeps this process for what is routed to it. */
  Member reserve(Member member) {
    reserved.add(member);
    return member;
  }

  private static boolean isReady(Member member, ServiceApp app) {
    return member.process().app() == app && member.isSound() && member.endpoint().isPresent();
  }

  /** All that were started, in that order. */
  List<Member> members() {
    return List.copyOf(members);
  }

  List<Member> sound(ServiceApp app) {
    return members.stream().filter(it -> isReady(it, app)).toList();
  }

  @Override
  public void close() {
    members.forEach(member -> member.wires().close());
  }
}
