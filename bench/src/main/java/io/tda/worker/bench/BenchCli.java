package io.tda.worker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./worker bench}: takes the measurements and shows them. */
@Command(
    name = "worker bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures the worker on this machine. Without sections, all of them.",
    subcommands = {CompareCommand.class, PlotCommand.class, SoakCommand.class})
public final class BenchCli implements Callable<Integer> {
  private static final DateTimeFormatter FILE_NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmm").withZone(ZoneOffset.UTC);

  private static final List<Measurement> MEASUREMENTS =
      List.of(
          new EmbeddedMeasurement(),
          new OverheadMeasurement(),
          new ThroughputMeasurement(),
          new ScalingMeasurement(),
          new MicroMeasurement(),
          new RoundTripMeasurement(),
          new ColdStartMeasurement(),
          new TelemetryMeasurement());

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SECTION",
      arity = "0..*",
      description =
          "embedded, overhead, throughput, scaling, micro, round-trips, cold-start, telemetry")
  private List<String> sections = List.of();

  @Option(names = "--quick", description = "some minutes instead of an hour, and wider errors")
  private boolean quick;

  @Option(names = "--json", description = "print JSON instead of tables")
  private boolean json;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "where the JSON is kept (default: bench/results, and not with --quick)")
  private @Nullable Path results;

  private BenchCli() {}

  /** Measures, and exits with 0 when all was measured. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new BenchCli())
            .setOut(new PrintWriter(System.out, true, UTF_8))
            .setErr(new PrintWriter(System.err, true, UTF_8))
            .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    var chosen = chosen();
    var effort = quick ? Effort.QUICK : Effort.FULL;
    var machine = Machine.here();
    var started = Instant.now();
    var figures = new ArrayList<Figure>();
    boolean complete = true;
    for (var measurement : chosen) {
      spec.commandLine().getErr().println("measuring: " + measurement.name());
      complete &= take(measurement, effort, figures);
    }
    var report = new Report(started, effort.name().toLowerCase(Locale.ROOT), machine, figures);
    keep(report);
    var out = spec.commandLine().getOut();
    out.println(json ? report.toJson().toPrettyString() : ReportTable.of(report));
    out.flush();
    return complete ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /** One section that cannot be measured does not take the others along. */
  private boolean take(Measurement measurement, Effort effort, List<Figure> figures)
      throws InterruptedException {
    try {
      figures.addAll(measurement.take(effort));
      return true;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      spec.commandLine().getErr().println("not measured: " + measurement.name() + ": " + e);
      return false;
    }
  }

  private List<Measurement> chosen() {
    for (var section : sections) {
      if (MEASUREMENTS.stream().noneMatch(it -> it.name().equals(section))) {
        throw new ParameterException(spec.commandLine(), "no such section: " + section);
      }
    }
    return sections.isEmpty()
        ? MEASUREMENTS
        : MEASUREMENTS.stream().filter(it -> sections.contains(it.name())).toList();
  }

  private void keep(Report report) throws IOException {
    var folder =
        results == null && !quick
            ? Path.of(System.getProperty("worker.bench.root", "."), "bench", "results")
            : results;
    if (folder != null) {
      Files.createDirectories(folder);
      var file = folder.resolve(FILE_NAME.format(report.takenAt()) + ".json");
      Files.writeString(file, report.toJson().toPrettyString() + System.lineSeparator());
      spec.commandLine().getErr().println("kept: " + file);
    }
  }
}
