package io.tda.worker.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Single parts, measured by JMH: selector, parsers, assembler, validator, logger. */
final class MicroMeasurement implements Measurement {
  @Override
  public String name() {
    return "micro";
  }

  @Override
  public List<Figure> take(Effort effort) throws Exception {
    boolean quick = effort == Effort.QUICK;
    var options =
        new OptionsBuilder()
            .include("io\\.tda\\.worker\\.bench\\..*Benchmark")
            .forks(1)
            .warmupIterations(quick ? 2 : 4)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(quick ? 2 : 5)
            .measurementTime(TimeValue.seconds(1))
            .timeUnit(TimeUnit.MICROSECONDS)
            .param("steps", "10000")
            .verbosity(VerboseMode.SILENT)
            .build();
    var figures = new ArrayList<Figure>();
    for (var result : new Runner(options).run()) {
      figures.add(
          new Figure(
              name(),
              subject(result),
              "mean",
              result.getPrimaryResult().getScore(),
              "us",
              Figure.Better.LESS));
    }
    return figures;
  }

  private static String subject(RunResult result) {
    var benchmark = result.getParams().getBenchmark();
    var subject = new StringBuilder(benchmark.substring("io.tda.worker.bench.".length()));
    for (var key : result.getParams().getParamsKeys()) {
      subject.append(' ').append(key).append('=').append(result.getParams().getParam(key));
    }
    return subject.toString();
  }
}
