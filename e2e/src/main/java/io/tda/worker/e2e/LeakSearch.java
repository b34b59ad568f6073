package io.tda.worker.e2e;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks for canaries outside their places: in all that is new since the last look. */
final class LeakSearch {
  private final Stack stack;
  private final Map<ServiceProcess, Integer> linesSeen = new HashMap<>();
  private int runsSeen;

  LeakSearch(Stack stack) {
    this.stack = stack;
  }

  synchronized List<String> look() {
    var found = new ArrayList<String>();
    for (var service : stack.services()) {
      inOutput(service, found);
    }
    var runs = stack.created();
    for (var run : runs.subList(runsSeen, runs.size())) {
      inDocuments(run, found);
    }
    runsSeen = runs.size();
    return found;
  }

  private void inOutput(ServiceProcess service, List<String> found) {
    int from = linesSeen.getOrDefault(service, 0);
    var lines = service.text(from);
    linesSeen.put(service, from + lines.size());
    for (var line : lines) {
      var canaries = Canary.in(line);
      if (!canaries.isEmpty()) {
        found.add(service.app() + " printed " + canaries + ": " + line);
      }
      if (!line.startsWith("{")) {
        found.add(service.app() + " printed what is no log line: " + line);
      }
    }
  }

  private void inDocuments(RunBuilder run, List<String> found) {
    var documents = stack.platform().documents();
    documents
        .read(stack.runs(), run.id())
        .map(read -> Canary.in(read.data().toString()))
        .filter(canaries -> !canaries.isEmpty())
        .ifPresent(canaries -> found.add(run.id() + " holds " + canaries));
    for (var stepId : run.reports()) {
      stack
          .lease(run, stepId)
          .map(lease -> Canary.in(lease.toString()))
          .filter(canaries -> !canaries.isEmpty())
          .ifPresent(canaries -> found.add("the lease of " + run.id() + " holds " + canaries));
    }
  }
}
