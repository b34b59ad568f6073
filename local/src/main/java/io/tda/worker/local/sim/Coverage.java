package io.tda.worker.local.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was reached: a simulation that reaches nothing proves nothing. */
final class Coverage {
  private final Map<String, Map<String, Integer>> counts = new HashMap<>();

  void count(String kind, String name) {
    counts.computeIfAbsent(kind, _ -> new HashMap<>()).merge(name, 1, Integer::sum);
  }

  void addAll(Coverage other) {
    other.counts.forEach((kind, names) ->
        names.forEach((name, count) ->
            counts.computeIfAbsent(kind, _ -> new HashMap<>()).merge(name, count, Integer::sum)));
  }

  /** How often each of a kind was reached, by name. */
  Map<String, Integer> of(String kind) {
    return new TreeMap<>(counts.getOrDefault(kind, Map.of()));
  }
}
