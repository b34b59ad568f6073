package io.tda.worker.chaos;

import io.tda.worker.e2e.LogLine;
import io.tda.worker.e2e.RunBuilder;
import io.tda.worker.e2e.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the promises say about runs whose steps have ended, whatever was done to the fleet. */
final class Verdict {
  private static final String ACQUIRED = "lease_acquired";
  private static final String LOST = "lease_lost";
  private static final Set<String> ENDS = Set.of("step_completed", "step_failed");
  private static final Set<String> GIVEN_UP =
      Set.of("step_completed", "step_failed", "lease_released", LOST, "step_cancelled");

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
    if (everywhere(run).filter(line -> ENDS.contains(line.event())).count() > 1) {
      found.add("ended more than once");
    }
    if (chaos.stack().lease(run, Chaos.STEP).isPresent()) {
      found.add("its lease is left");
    }
    long calls = chaos.modelCalls(run);
    if (calls > 1 + interruptions(run)) {
      found.add(calls + " model calls with " + interruptions(run) + " interruptions");
    }
    if (zombieWrites(run) > 0) {
      found.add("a zombie wrote");
    }
    return found.stream();
  }

  /**
   * How many executors had the lease and could not end the step, because they were killed, ended or
   * frozen, or because the lease was lost to another.
   */
  long interruptions(RunBuilder run) {
    return chaos.fleet().members().stream()
        .mapToLong(member -> {
          long lost = lines(member, run).filter(line -> line.event().equals(LOST)).count();
          return Math.max(lost, wasHit(member, run) ? 1 : 0);
        })
        .sum();
  }

  /** From each blow that hit the holder of a run's lease to the moment when another had it. */
  Stream<Duration> takeovers(RunBuilder run, Signal signal) {
    return chaos.fleet().members().stream()
        .filter(member -> wasHit(member, run))
        .flatMap(member -> member.blow().stream())
        .filter(blow -> blow.signal() == signal)
        .flatMap(blow -> nextHolding(run, blow.at()).map(it -> Duration.between(blow.at(), it)));
  }

  /** How many documents and objects were written by who woke up and had lost the lease by then. */
  long zombieWrites(RunBuilder run) {
    return chaos.fleet().members().stream()
        .filter(member -> wasHit(member, run) && wasSuperseded(member, run))
        .flatMap(member -> writes(member, run))
        .count();
  }

  private static Stream<LogLine> writes(Member member, RunBuilder run) {
    var thawed = member.thawed().orElseThrow();
    return lines(member, run)
        .filter(line -> time(line).isAfter(thawed))
        .takeWhile(line -> !line.event().equals(ACQUIRED)) // from there on it is no zombie
        .filter(line -> ENDS.contains(line.event()) || isUpload(line));
  }

  private static boolean isUpload(LogLine line) {
    return line.event().equals("gcs_write_finished")
        && line.at("/ok").asBoolean()
        && !line.at("/reused").asBoolean();
  }

  private boolean wasSuperseded(Member member, RunBuilder run) {
    return member
        .thawed()
        .filter(
            thawed -> nextHolding(run, member.blow().orElseThrow().at()).anyMatch(thawed::isAfter))
        .isPresent();
  }

  /** Whether it had the run's lease when it was struck. */
  private static boolean wasHit(Member member, RunBuilder run) {
    return member.blow().stream()
        .anyMatch(blow ->
            lines(member, run)
                .filter(line -> !time(line).isAfter(blow.at()))
                .map(LogLine::event)
                .filter(event -> event.equals(ACQUIRED) || GIVEN_UP.contains(event))
                .reduce((_, last) -> last)
                .filter(ACQUIRED::equals)
                .isPresent());
  }

  private Stream<Instant> nextHolding(RunBuilder run, Instant blow) {
    return everywhere(run)
        .filter(line -> line.event().equals(ACQUIRED))
        .map(Verdict::time)
        .filter(blow::isBefore)
        .sorted()
        .limit(1);
  }

  private Stream<LogLine> everywhere(RunBuilder run) {
    return chaos.fleet().members().stream().flatMap(member -> lines(member, run));
  }

  private static Stream<LogLine> lines(Member member, RunBuilder run) {
    return member.process().log().stream().filter(line -> Member.isAbout(line, run));
  }

  private static Instant time(LogLine line) {
    return Instant.parse(line.text("time"));
  }
}
