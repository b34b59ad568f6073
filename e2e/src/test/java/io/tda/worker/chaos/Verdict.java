package io.tda.worker.chaos;

import io.tda.worker.e2e.LogLine;
import io.tda.worker.e2e.RunBuilder;
import io.tda.worker.e2e.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the promises say about runs whose steps have ended, whatever was done to the fleet. */
final class Verdict {
  private final Chaos chaos;

  Verdict(Chaos chaos) {
    this.chaos = chaos;
  }

  /** What does not keep a promise; nothing, if all is well. */
  List<String> violations(List<RunBuilder> runs) {
    return runs.stream().flatMap(run -> violations(run).map(it -> run.id() + ": " + it)).toList();
  }

  private Stream<String> violations(RunBuilder run) {
    var found = new ArrayList<String>();
    var step = chaos.stack().run(run).step(Chaos.STEP);
    var report = chaos.stack().report(run, Chaos.STEP);
    if (step.status().equals("SUCCEEDED")) {
      var named = step.at("/outputs/execution/artifact/generation").asLong();
      if (report.isEmpty() || report.get().generation() != named) {
        found.add("the report is not the one that the step names");
      }
    } else if (!step.status().equals("FAILED")) {
      found.add("stuck in " + step.status());
    }
    if (count(run, "step_completed") + count(run, "step_failed") > 1) {
      found.add("ended more than once");
    }
    if (chaos.stack().lease(run, Chaos.STEP).isPresent()) {
      found.add("its lease is left");
    }
    long calls = chaos.modelCalls(run);
    if (calls > 1 + interruptions(run)) {
      found.add(calls + " model calls with " + interruptions(run) + " interruptions");
    }
    return found.stream();
  }

  /**
   * How many executors had the lease and could not end the step, because they were killed, ended or
   * frozen, or because the lease was lost to another.
   */
  long interruptions(RunBuilder run) {
    return chaos.fleet().members().stream()
        .mapToLong(member ->
            member.blow().isEmpty()
                ? lines(member, run, "lease_lost").count()
                : lines(member, run, "lease_acquired").count()
                    - lines(member, run, "step_completed").count())
        .sum();
  }

  /** From each blow that hit the holder of a run's lease to the moment when another had it. */
  Stream<Duration> takeovers(RunBuilder run, Signal signal) {
    return chaos.fleet().members().stream()
        .filter(it -> it.blow().isPresent() && isHolding(it, run))
        .flatMap(it -> it.blow().stream())
        .filter(blow -> blow.signal() == signal)
        .flatMap(blow -> nextHolding(run, blow.at()).map(it -> Duration.between(blow.at(), it)));
  }

  private static boolean isHolding(Member member, RunBuilder run) {
    return lines(member, run, "lease_acquired").count()
        > lines(member, run, "step_completed").count();
  }

  private Stream<Instant> nextHolding(RunBuilder run, Instant blow) {
    return chaos.fleet().members().stream()
        .flatMap(member -> lines(member, run, "lease_acquired"))
        .map(line -> Instant.parse(line.text("time")))
        .filter(blow::isBefore)
        .sorted()
        .limit(1);
  }

  private long count(RunBuilder run, String event) {
    return chaos.fleet().members().stream()
        .mapToLong(member -> lines(member, run, event).count())
        .sum();
  }

  private static Stream<LogLine> lines(Member member, RunBuilder run, String event) {
    return member.process().log().stream()
        .filter(line -> line.event().equals(event) && Member.isAbout(line, run));
  }
}
