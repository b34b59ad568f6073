package io.tda.worker.bench;

import io.tda.worker.config.RunIdFilter;
import io.tda.worker.dispatcher.CloudEventParser;
import io.tda.worker.dispatcher.CloudEventRequest;
import io.tda.worker.id.RunId;
import io.tda.worker.json.StrictJson;
import io.tda.worker.llm.ContextJson;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What comes from outside: an event, candles. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class ParserBenchmark {
  private final CloudEventParser parser =
      new CloudEventParser(
          new CloudEventParser.EventScope("(default)", "flow_runs", RunIdFilter.ALL));
  private final CloudEventRequest request;
  private final byte[] candles;

  /** Reads the example. */
  public ParserBenchmark() {
    try {
      var example = ExampleDocuments.load();
      var id = new RunId("bench");
      var event =
          CloudSteps.event(
              new CloudSteps.Ready(id, example.run(id), Instant.parse("2026-11-25T07:00:00Z")));
      request = new CloudEventRequest(event.headers(), event.body());
      candles = example.artifact(ExampleDocuments.CANDLES);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The example run's event, with the document in it. */
  @Benchmark
  public CloudEventParser.Result event() {
    return parser.parse(request);
  }

  /** 30 kB of candles, made fit for the prompt. */
  @Benchmark
  public ContextJson.Result context() {
    return ContextJson.parse(candles);
  }

  /** The same as a tree. */
  @Benchmark
  public StrictJson.Result tree() {
    return StrictJson.parse(candles);
  }
}
