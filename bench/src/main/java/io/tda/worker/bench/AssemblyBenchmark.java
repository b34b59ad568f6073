package io.tda.worker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.LLMReportInputs;
import io.tda.worker.id.StepId;
import io.tda.worker.id.Timeframe;
import io.tda.worker.llm.ContextJson;
import io.tda.worker.llm.UserInput;
import io.tda.worker.llm.UserInputAssembler;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

/** The largest prompt there can be: 64 KiB of candles and eight previous reports of 64 KiB. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class AssemblyBenchmark {
  private static final int ARTIFACT_BYTES = 64 * 1024;

  /** How many previous reports. */
  @Param("8")
  public int reports = 8;

  private byte[] candles = {};
  private byte[] report = {};

  /** Makes the artifacts. */
  @Setup
  public void makeArtifacts() {
    candles = candles();
    report =
        ("{\"summary\":{\"markdown\":\"" + "a < b & c ".repeat(6_500) + "\"}}").getBytes(UTF_8);
    if (report.length > ARTIFACT_BYTES || candles.length > ARTIFACT_BYTES) {
      throw new IllegalStateException("over the limit of an artifact");
    }
  }

  private static byte[] candles() {
    var random = new Random(1);
    var text = new StringBuilder("{\"candles\": [\n");
    while (text.length() < ARTIFACT_BYTES - 200) {
      text.append(
          "  {\"t\": %d, \"o\": %.3f, \"h\": %.3f, \"l\": %.3f, \"c\": %.3f, \"v\": %.1f},\n"
              .formatted(
                  1_700_000_000_000L + text.length(),
                  random.nextDouble(10, 20),
                  random.nextDouble(10, 20),
                  random.nextDouble(10, 20),
                  random.nextDouble(10, 20),
                  random.nextDouble(1e5)));
    }
    return text.append("  null\n]}").toString().getBytes(UTF_8);
  }

  /** From the bytes of the artifacts to the text of the prompt. */
  @Benchmark
  public String parseAndAssemble() {
    var reports = new ArrayList<UserInput.PreviousReport>();
    for (int i = 0; i < this.reports; i++) {
      reports.add(
          new UserInput.PreviousReport(
              new LLMReportInputs.PreviousReport(
                  new StepId("report_" + i), new GcsUri("bucket", "report_" + i + ".json")),
              parse(report)));
    }
    return UserInputAssembler.assemble(
        new UserInput(
            "Analyse.",
            "LINKUSDT",
            new Timeframe("4h"),
            new UserInput.Artifact(new GcsUri("bucket", "candles.json"), parse(candles)),
            List.of("Candles", "Oscillators"),
            reports));
  }

  private static ContextJson parse(byte[] bytes) {
    return switch (ContextJson.parse(bytes)) {
      case ContextJson.Result.Parsed(var json) -> json;
      case ContextJson.Result.Malformed(var reason) -> throw new IllegalStateException(reason);
    };
  }
}
