package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many steps at once in one executor: the proof that lets its concurrency be raised from 1 in
 * production.
 */
@ExtendWith(LeavesNoTrace.class)
final class ThroughputIT {
  private static final int STEPS = 128;
  private static final int AT_A_TIME = 64;
  private static final Duration MODEL = Duration.ofMillis(200);
  private static final String STEP = "report";

  private final Stack stack = SharedStack.BY_HAND.get();
  private final ByHand hand = new ByHand(stack);

  @Test
  void executor_mixesNothingUp_whenItMakes64ReportsAtATime() {
    var runs =
        IntStream.range(0, STEPS)
            .mapToObj(i -> RunBuilder.run("many").report(STEP).set("SYM" + i, "scope", "symbol"))
            .toList();
    Together.forEach(runs, 8, stack::create);
    Together.forEach(
        runs,
        8,
        run -> assertThat(stack.changed(run).postTo(stack.dispatcher().endpoint())).isEqualTo(204));
    var claims = runs.stream().collect(Collectors.toMap(Function.identity(), hand::claim));

    stack.platform().model().latency(MODEL);
    try {
      pushAll(claims);
    } finally {
      stack.platform().model().latency(Duration.ZERO);
    }

    assertThat(runs).allSatisfy(this::assertItsOwnReport);
    assertThat(faults(runs)).isEmpty();
  }

  private void pushAll(Map<RunBuilder, PushMessage> claims) {
    long begin = System.nanoTime();
    Together.forEach(
        List.copyOf(claims.values()),
        AT_A_TIME,
        claim -> assertThat(hand.push(claim)).isEqualTo(204));
    var took = Duration.ofNanos(System.nanoTime() - begin);
    System.out.printf(
        "%d reports, %d at a time, model %d ms: %d ms%n",
        STEPS, AT_A_TIME, MODEL.toMillis(), took.toMillis());
  }

  private void assertItsOwnReport(RunBuilder run) {
    var step = stack.run(run).step(STEP);
    assertThat(step.status()).isEqualTo("SUCCEEDED");
    assertThat(step.at("/outputs/gcs_uri").asText())
        .isEqualTo("gs://" + Stack.REPORTS + "/" + stack.reportObject(run, STEP));
    assertThat(stack.modelCalls(run, STEP)).isEqualTo(1);
    assertThat(stack.lease(run, STEP)).isEmpty();
    var report = json(stack.report(run, STEP).orElseThrow().content());
    assertThat(report.at("/metadata/runId").asText()).isEqualTo(run.id());
    assertThat(report.at("/metadata/symbol").asText()).isEqualTo(symbol(run));
    assertThat(report.at("/metadata/claimId"))
        .isEqualTo(step.at("/outputs/execution/claim/claimId"));
    // The stub's answer names what it was asked about.
    assertThat(report.at("/output/summary/markdown").asText())
        .contains("Stub report: " + symbol(run) + " 4h")
        .contains("gs://" + RunBuilder.INPUTS + "/" + run.candlesObject(STEP));
  }

  private List<LogLine> faults(List<RunBuilder> runs) {
    return runs.stream()
        .flatMap(run -> stack.log(run).stream())
        .filter(line -> List.of("WARNING", "ERROR").contains(line.severity()))
        .toList();
  }

  private static String symbol(RunBuilder run) {
    return Fields.json(run.document()).at("/scope/symbol").asText();
  }

  private static JsonNode json(byte[] content) {
    try {
      return new ObjectMapper().readTree(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
