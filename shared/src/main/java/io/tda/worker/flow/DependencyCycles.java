package io.tda.worker.flow;

import java.util.Arrays;
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
  private final List<FlowStep> steps;
  private final Map<String, Integer> indexes;

  private DependencyCycles(FlowRun run) {
    steps = List.copyOf(run.steps().values());
    indexes = HashMap.newHashMap(steps.size());
    for (int i = 0; i < steps.size(); i++) {
      indexes.put(steps.get(i).id().value(), i);
    }
  }

  /** The ids of the steps that wait for a cycle. Steps that have ended wait for nothing. */
  static Set<String> waitingForever(FlowRun run) {
    return new DependencyCycles(run).remaining();
  }

  private Set<String> remaining() {
    var dependencies = new int[steps.size()][];
    var waitsFor = new int[steps.size()];
    var awaited = new int[steps.size()];
    for (int i = 0; i < dependencies.length; i++) {
      dependencies[i] = openDependencies(steps.get(i));
      waitsFor[i] = dependencies[i].length;
      for (int dependency : dependencies[i]) {
        awaited[dependency]++;
      }
    }
    takeAway(waitsFor, awaitedBy(dependencies, awaited));
    var remaining = new HashSet<String>();
    for (int i = 0; i < waitsFor.length; i++) {
      if (waitsFor[i] > 0) {
        remaining.add(steps.get(i).id().value());
      }
    }
    return remaining;
  }

  private static int[][] awaitedBy(int[][] dependencies, int[] counts) {
    var awaitedBy = new int[counts.length][];
    for (int i = 0; i < counts.length; i++) {
      awaitedBy[i] = new int[counts[i]];
    }
    for (int i = 0; i < dependencies.length; i++) {
      for (int dependency : dependencies[i]) {
        awaitedBy[dependency][--counts[dependency]] = i;
      }
    }
    return awaitedBy;
  }

  private static void takeAway(int[] waitsFor, int[][] awaitedBy) {
    var free = new int[waitsFor.length];
    int end = 0;
    for (int i = 0; i < waitsFor.length; i++) {
      if (waitsFor[i] == 0) {
        free[end++] = i;
      }
    }
    for (int next = 0; next < end; next++) {
      for (int waiting : awaitedBy[free[next]]) {
        if (--waitsFor[waiting] == 0) {
          free[end++] = waiting;
        }
      }
    }
  }

  /** A dependency that is named twice counts twice, on both sides. */
  private int[] openDependencies(FlowStep step) {
    if (step.status().isFinal()
        || !(step.dependencies() instanceof FlowStep.Dependencies.Named(var stepIds))) {
      return new int[0];
    }
    var open = new int[stepIds.size()];
    int count = 0;
    for (var stepId : stepIds) {
      var index = indexes.get(stepId);
      if (index != null && !steps.get(index).status().isFinal()) {
        open[count++] = index;
      }
    }
    return Arrays.copyOf(open, count);
  }
}
