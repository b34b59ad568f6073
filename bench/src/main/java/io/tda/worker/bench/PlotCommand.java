package io.tda.worker.bench;

import io.tda.worker.bench.plot.BarChart;
import io.tda.worker.bench.plot.LineChart;
import io.tda.worker.bench.plot.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Draws the plots of the documentation. */
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    description = "Draws plots of a report as SVG files.")
final class PlotCommand implements Callable<Integer> {
  private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*");

  @Parameters(index = "0", paramLabel = "REPORT", description = "a file of bench/results")
  private Path file;

  @Parameters(index = "1", paramLabel = "DIR", description = "where the plots go")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    var report = Report.read(file);
    Files.createDirectories(folder);
    draw("embedded-throughput", throughput(report));
    draw("embedded-latency", latency(report));
    draw("scaling", scaling(report));
    draw("services", services(report));
    var hops = hops(report);
    if (!hops.bars().isEmpty()) {
      Files.writeString(folder.resolve("hops.svg"), hops.svg());
    }
    return CommandLine.ExitCode.OK;
  }

  /** Nothing is drawn of what was not measured. */
  private void draw(String name, LineChart chart) throws IOException {
    if (!chart.series().isEmpty()) {
      Files.writeString(folder.resolve(name + ".svg"), chart.svg());
    }
  }

  private static LineChart throughput(Report report) {
    return new LineChart(
        "One process: steps a second by steps in flight",
        "steps in flight",
        "steps/s",
        List.of(series(report, "embedded", "", "steps", "one process")));
  }

  private static LineChart latency(Report report) {
    return new LineChart(
        "One process: latency by steps in flight",
        "steps in flight",
        "ms",
        List.of(
            series(report, "embedded", "", "p50", "p50"),
            series(report, "embedded", "", "p99", "p99"),
            series(report, "embedded", "", "CPU a step", "CPU a step")));
  }

  private static LineChart scaling(Report report) {
    return new LineChart(
        "Cost by size",
        "steps of a run, leases, reports of 64 KiB",
        "ms",
        List.of(
            series(report, "scaling", "event", "median", "event of a run"),
            series(report, "scaling", "sweep", "median", "sweep of leases"),
            series(report, "scaling", "prompt", "median", "prompt of reports")));
  }

  private static LineChart services(Report report) {
    return new LineChart(
        "Services: steps a second by steps in flight, model of 200 ms",
        "steps in flight",
        "steps/s",
        List.of(
            series(report, "throughput", "executor", "steps", "executor"),
            series(report, "throughput", "bare program", "steps", "bare program"),
            series(report, "throughput", "dispatcher", "steps", "dispatcher, events")));
  }

  private static BarChart hops(Report report) {
    var bars = new ArrayList<BarChart.Bar>();
    for (var figure : report.figures()) {
      if (figure.section().equals("hops") && figure.measure().equals("p50")) {
        var p99 = report.figure("hops / " + figure.subject() + " / p99");
        bars.add(
            new BarChart.Bar(figure.subject(), figure.value(), p99.map(Figure::value).orElse(0.0)));
      }
    }
    return new BarChart("Where a step's time goes, one in flight", "ms", "p50", "p99", bars);
  }

  /** The figures of a measure, over the number in their subject. */
  private static Series series(
      Report report, String section, String subject, String measure, String name) {
    var points = new ArrayList<Series.Point>();
    for (var figure : report.figures()) {
      var number = NUMBER.matcher(figure.subject());
      if (figure.section().equals(section)
          && figure.subject().startsWith(subject)
          && figure.measure().equals(measure)
          && number.find()) {
        var x = Double.parseDouble(number.group().replace(",", ""));
        points.add(new Series.Point(x, Math.max(figure.value(), 1e-3)));
      }
    }
    return new Series(name, points);
  }
}
