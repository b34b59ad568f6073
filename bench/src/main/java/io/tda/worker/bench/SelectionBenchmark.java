package io.tda.worker.bench;

import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunParser;
import io.tda.worker.flow.ReadyStepSelector;
import io.tda.worker.flow.RunStatus;
import io.tda.worker.flow.Selection;
import io.tda.worker.id.RunId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Parsing and selection over runs of many steps, in the three cases that cost most. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class SelectionBenchmark {
  private static final RunId RUN = new RunId("run");
  private static final ReadyStepSelector SELECTOR = new ReadyStepSelector(1);

  /** Steps of the run. */
  @Param({"10", "1000", "10000"})
  public int steps;

  /**
   * {@code lastFree}: only the last step is free. {@code allBlocked}: each READY step waits for the
   * next, the last one for a failed step, so that cycles are looked for as well. {@code
   * nothingReady}: the usual event.
   */
  @Param({"lastFree", "allBlocked", "nothingReady"})
  public String shape = "";

  private Map<String, Object> document = Map.of();
  private FlowRun run = new FlowRun(RUN, RunStatus.RUNNING, null, null, Map.of());

  /** Makes the run. */
  @Setup
  public void makeRun() {
    var all = new HashMap<String, Object>();
    for (int i = 0; i < steps; i++) {
      all.put(id(i), step(i));
    }
    document = Map.of("status", "RUNNING", "steps", all);
    run = parse();
  }

  private Map<String, Object> step(int i) {
    var last = i == steps - 1;
    return switch (shape) {
      case "lastFree" -> Map.of("stepType", "LLM_REPORT", "status", last ? "READY" : "SUCCEEDED");
      case "allBlocked" ->
          last
              ? Map.of("stepType", "OHLCV_EXPORT", "status", "FAILED")
              : Map.of(
                  "stepType", "LLM_REPORT", "status", "READY", "dependsOn", List.of(id(i + 1)));
      default -> Map.of("stepType", "LLM_REPORT", "status", "SUCCEEDED");
    };
  }

  private static String id(int i) {
    return "step_%05d".formatted(i);
  }

  private FlowRun parse() {
    return switch (FlowRunParser.parse(RUN, document)) {
      case FlowRunParser.Result.Parsed(var parsed) -> parsed;
      case FlowRunParser.Result.Invalid(var violations) ->
          throw new IllegalStateException(violations.toString());
    };
  }

  /** Selection in a run that is parsed already. */
  @Benchmark
  public Selection select() {
    return SELECTOR.select(run);
  }

  /** What an event costs: parsing and selection. */
  @Benchmark
  public Selection parseAndSelect() {
    return SELECTOR.select(parse());
  }
}
