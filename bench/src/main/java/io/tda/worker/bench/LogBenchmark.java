package io.tda.worker.bench;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.log.ContextEvent;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.LogEvent;
import java.time.Duration;
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

/** One line of the log, from the event to its bytes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class LogBenchmark {
  private final EventLogger log = DiscardedLog.logger();
  private final LogContext context =
      LogContext.NONE
          .withEvent("event-1")
          .withMessage("message-1")
          .withRun(new RunId("20251224-061000_LINKUSDT_demo92"))
          .withStep(ExampleDocuments.STEP)
          .withClaim(new ClaimId("019b4f2e-8c00-7abc-8def-0123456789ab"))
          .withLabels(
              new LogContext.Labels("technical_report_multi_timeframe", "4h", "LINKUSDT", null));
  private final LogEvent event =
      new ContextEvent.GcsReadFinished(
          new GcsUri(ExampleDocuments.BUCKET, ExampleDocuments.CANDLES),
          ContextEvent.Kind.OHLCV,
          true,
          29_910,
          Duration.ofMillis(7));

  /** A typical line. */
  @Benchmark
  public void line() {
    log.log(event, context);
  }
}
