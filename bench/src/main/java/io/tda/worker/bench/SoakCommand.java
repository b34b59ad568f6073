package io.tda.worker.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A steady load for a long time. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Keeps both services under a steady load, and fails with exit code 1 where heap, threads,",
      "leases or latency grow."
    })
final class SoakCommand implements Callable<Integer> {
  private static final int PROBE_IN_FLIGHT = 16;
  private static final Duration PROBE = Duration.ofSeconds(15);

  @Spec private CommandSpec spec;

  @Option(names = "--seconds", paramLabel = "N", description = "for how long (default: 1800)")
  private long seconds = 1_800;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "steps a second (default: half of what the services reach here)")
  private double rate;

  @Option(names = "--json", description = "print JSON instead of tables")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    var out = spec.commandLine().getOut();
    var machine = Machine.here();
    var started = Instant.now();
    SoakResult result;
    try (var stack = Stack.start()) {
      double stepsPerSecond = rate > 0 ? rate : maximum(stack) / 2;
      spec.commandLine().getErr().printf("soak: %.1f steps/s for %d s%n", stepsPerSecond, seconds);
      result = new Soak(stack).run(Duration.ofSeconds(seconds), stepsPerSecond);
    }
    var report = new Report(started, "soak", machine, result.figures());
    out.println(json ? report.toJson().toPrettyString() : ReportTable.of(report));
    result.complaints().forEach(complaint -> out.println("GREW: " + complaint));
    out.flush();
    return result.complaints().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /** The executor has most of the work; the claims are made here. */
  private static double maximum(Stack stack) throws Exception {
    ClosedLoop.Execution step = () -> stack.push(stack.steps().claimed());
    LoadFigures.warmUp(PROBE, step);
    return ClosedLoop.run(PROBE_IN_FLIGHT, PROBE, step).perSecond();
  }
}
