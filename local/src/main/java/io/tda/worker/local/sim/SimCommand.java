package io.tda.worker.local.sim;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the simulator. What it prints to standard output depends on its arguments alone. */
@Command(
    name = "sim",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs the services in simulated worlds where everything goes wrong.",
    footer = {
      "",
      "Each seed is one world: the real dispatcher and executor on one thread, in virtual time.",
      "The same seed always gives the same events; the last line counts seeds, events, faults and",
      "violations of the invariants. The exit code is 1 when there are any."
    })
public final class SimCommand implements Callable<Integer> {
  private static final long USUAL_SEEDS = 1_000;
  private static final int SHORTENED = 80;
  private static final long PROGRESS = 2_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "how many seeds (default: 1000; where --seed is given: that one, with its trace)")
  private @Nullable Long seeds;

  @Option(names = "--seed", paramLabel = "FIRST", description = "the first seed (default: 1)")
  private @Nullable Long first;

  @Option(names = "--trace", description = "print everything that happens")
  private boolean trace;

  @Option(
      names = "--faults",
      paramLabel = "GROUPS",
      defaultValue = "all",
      description =
          "what may go wrong: all, none, or names with commas; -NAME leaves one out"
              + " (firestore, eventarc, pubsub, storage, model, scheduler, clock, process,"
              + " orchestrator)")
  private String faults;

  private final Seams seams;

  /** For the command line, which fills in the options. */
  public SimCommand() {
    this(Seams.NONE);
  }

  SimCommand(Seams seams) {
    this.seams = seams;
  }

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var groups = groups();
    long from = first == null ? 1 : first;
    if (trace || (first != null && seeds == null)) {
      return traced(out, groups, from, seeds == null ? 1 : seeds);
    }
    var progress = new Progress(spec.commandLine().getErr());
    var totals =
        new Campaign(groups, seams)
            .run(
                from,
                seeds == null ? USUAL_SEEDS : seeds,
                outcome -> {
                  progress.seen();
                  if (outcome.violation() != null) {
                    explain(out, groups, outcome);
                  }
                });
    out.println(totals);
    return totals.violations().isEmpty() ? 0 : 1;
  }

  private int traced(PrintWriter out, Set<FaultGroup> groups, long from, long count) {
    long events = 0;
    long struck = 0;
    long violations = 0;
    for (long seed = from; seed < from + count; seed++) {
      var lines = Trace.on();
      var outcome = new Simulation(seed, groups, seams, lines).run();
      lines.text().forEach(out::println);
      events += outcome.events();
      struck += outcome.faults();
      violations += outcome.violation() == null ? 0 : 1;
    }
    out.println(Campaign.Totals.line(count, events, struck, violations));
    return violations == 0 ? 0 : 1;
  }

  private void explain(PrintWriter out, Set<FaultGroup> groups, Simulation.Outcome outcome) {
    var violation = outcome.violation();
    if (violation == null) {
      return;
    }
    out.println("seed " + outcome.seed() + " violates " + violation);
    out.println("  (" + violation.invariant().sentence() + ")");
    var lines = Trace.on();
    var _ = new Simulation(outcome.seed(), groups, seams, lines).run();
    var subject = violation.subject();
    var shown = lines.shortened(subject == null ? "" : subject, SHORTENED);
    shown.forEach(line -> out.println("  " + line));
    out.println(
        "  replay: ./worker sim --seed "
            + outcome.seed()
            + (faults.equals("all") ? "" : " --faults " + faults));
    out.flush();
  }

  private Set<FaultGroup> groups() {
    var names = List.of(faults.toUpperCase(Locale.ROOT).split(",", -1));
    var groups =
        names.contains("NONE")
                || names.stream().noneMatch(it -> it.equals("ALL") || it.startsWith("-"))
            ? EnumSet.noneOf(FaultGroup.class)
            : EnumSet.allOf(FaultGroup.class);
    for (var name : names) {
      if (name.startsWith("-")) {
        groups.remove(group(name.substring(1)));
      } else if (!name.equals("ALL") && !name.equals("NONE")) {
        groups.add(group(name));
      }
    }
    return groups;
  }

  private FaultGroup group(String name) {
    return Arrays.stream(FaultGroup.values())
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new CommandLine.ParameterException(
                spec.commandLine(),
                "--faults: no group is named "
                    + name.toLowerCase(Locale.ROOT)
                    + "; there are "
                    + Arrays.stream(FaultGroup.values())
                        .map(group -> group.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))));
  }

  /** Says on standard error how far it is. */
  private static final class Progress {
    private final PrintWriter err;
    private long seen;

    Progress(PrintWriter err) {
      this.err = err;
    }

    void seen() {
      if (++seen % PROGRESS == 0) {
        err.println(seen + " seeds");
        err.flush();
      }
    }
  }
}
