package io.tda.worker.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the steps that can never run because their dependencies form a cycle.
 *
 * <p>Kahn's algorithm: take away steps that wait for nothing until none is left to take; what
 * remains is on a cycle or waits for one. Linear in steps and dependencies, so that a run of 10,000
 * waiting steps costs no more than its size.
 */
final class DependencyCycles {
  private DependencyCycles() {}

  /** The ids of the steps that wait for a cycle. Steps that have ended wait for nothing. */
  static Set<String> waitingForever(FlowRun run) {
    Map<String, Integer> waitsFor = new HashMap<>();
    Map<String, List<String>> awaitedBy = new HashMap<>();
    var free = new ArrayDeque<String>();
    for (var step : run.steps().values()) {
      var open = openDependencies(run, step);
      open.forEach(dependency ->
          awaitedBy.computeIfAbsent(dependency, _ -> new ArrayList<>()).add(step.id().value()));
      waitsFor.put(step.id().value(), open.size());
      if (open.isEmpty()) {
        free.add(step.id().value());
      }
    }
    while (!free.isEmpty()) {
      var done = free.remove();
      waitsFor.remove(done);
      for (var waiting : awaitedBy.getOrDefault(done, List.of())) {
        if (waitsFor.merge(waiting, -1, Integer::sum) == 0) {
          free.add(waiting);
        }
      }
    }
    return waitsFor.keySet();
  }

  private static Set<String> openDependencies(FlowRun run, FlowStep step) {
    if (step.status().isFinal()
        || !(step.dependencies() instanceof FlowStep.Dependencies.Named(var stepIds))) {
      return Set.of();
    }
    var open = new HashSet<String>();
    for (var stepId : stepIds) {
      run.step(stepId)
          .filter(dependency -> !dependency.status().isFinal())
          .ifPresent(_ -> open.add(stepId));
    }
    return open;
  }
}
