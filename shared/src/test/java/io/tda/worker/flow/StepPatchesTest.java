package io.tda.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.StepExecution.Timing;
import io.tda.worker.id.StepId;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.Patch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StepPatchesTest {
  private static final Instant START = Instant.parse("2025-12-24T06:10:00.123456Z");
  private static final Instant END = START.plusSeconds(30);
  private static final StepId STEP = new StepId("llm:4h");
  private static final GcsUri REPORT = new GcsUri("bucket", "run/4h/llm:4h.json");
  private static final StepExecution EXECUTION =
      new StepExecution(new Timing(START, END), null, null, null);
  private static final StepError ERROR =
      StepError.of(ErrorCode.PROMPT_NOT_FOUND, "no such prompt", Map.of("promptId", "p1"));

  @Test
  void claim_setsStatusAndStart_andRemovesAStaleError() {
    assertThat(StepPatches.claim(STEP, START))
        .isEqualTo(
            new Patch(
                Map.of(
                    path("status"), "RUNNING",
                    path("outputs", "execution", "timing", "startedAt"),
                        "2025-12-24T06:10:00.123Z"),
                List.of(path("error"))));
  }

  @Test
  void finish_storesTheReport_whenTheStepSucceeded() {
    assertThat(StepPatches.finish(STEP, new StepOutcome.Succeeded(REPORT, EXECUTION)))
        .isEqualTo(
            new Patch(
                Map.of(
                    path("status"), "SUCCEEDED",
                    path("finishedAt"), "2025-12-24T06:10:30.123Z",
                    path("outputs", "gcs_uri"), "gs://bucket/run/4h/llm:4h.json",
                    path("outputs", "execution"), EXECUTION.toMap(null)),
                List.of(path("error"))));
  }

  @Test
  void finish_storesTheError_whenTheStepFailed() {
    assertThat(StepPatches.finish(STEP, new StepOutcome.Failed(ERROR, EXECUTION)))
        .isEqualTo(
            new Patch(
                Map.of(
                    path("status"),
                    "FAILED",
                    path("finishedAt"),
                    "2025-12-24T06:10:30.123Z",
                    path("error"),
                    Map.of(
                        "code", "PROMPT_NOT_FOUND",
                        "message", "no such prompt",
                        "details", Map.of("promptId", "p1")),
                    path("outputs", "execution"),
                    EXECUTION.toMap(ERROR)),
                List.of()));
  }

  @Test
  void finish_storesNoDetails_whenThereAreNone() {
    var error = StepError.of(ErrorCode.INTERNAL, "bug");

    assertThat(StepPatches.finish(STEP, new StepOutcome.Failed(error, EXECUTION)).set())
        .containsEntry(path("error"), Map.of("code", "INTERNAL", "message", "bug"));
  }

  @Test
  void everyPatch_touchesItsOwnStepOnly_andNeverMakesItReady() {
    for (int seed = 0; seed < 500; seed++) {
      var random = new SplittableRandom(seed);
      var step = anyStepId(random);
      anyPatches(random, step)
          .forEach(patch -> {
            assertThat(paths(patch)).allMatch(path -> isBelow(step, path));
            assertThat(patch.set().get(FieldPath.of("steps", step.value(), "status")))
                .isIn("RUNNING", "SUCCEEDED", "FAILED");
            assertThat(patch.set().values()).doesNotContain("READY");
          });
    }
  }

  private static Stream<Patch> anyPatches(RandomGenerator random, StepId step) {
    var start = START.plusMillis(random.nextInt());
    var timing = new Timing(start, start.plusMillis(random.nextInt(-1_000, 1_000_000)));
    var execution = new StepExecution(timing, null, null, null);
    var codes = ErrorCode.values();
    var error = StepError.of(codes[random.nextInt(codes.length)], "steps.READY");
    return Stream.of(
        StepPatches.claim(step, start),
        StepPatches.finish(step, new StepOutcome.Succeeded(REPORT, execution)),
        StepPatches.finish(step, new StepOutcome.Failed(error, execution)));
  }

  /** Of any characters, the awkward ones more often than not. */
  private static StepId anyStepId(RandomGenerator random) {
    var alphabet = "~*[]`'\"\\:_-%+#?&=aZ0ä📈status".codePoints().toArray();
    while (true) {
      var text = new StringBuilder();
      for (int i = random.nextInt(1, 20); i > 0; i--) {
        text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
      }
      var id = StepId.parse(text.toString());
      if (id.isPresent()) {
        return id.get();
      }
    }
  }

  private static Stream<FieldPath> paths(Patch patch) {
    return Stream.concat(patch.set().keySet().stream(), patch.deleted().stream());
  }

  private static boolean isBelow(StepId step, FieldPath path) {
    return path.segments().size() > 2 && FieldPath.of("steps", step.value()).isPrefixOf(path);
  }

  private static FieldPath path(String... fields) {
    return FieldPath.of(
        Stream.concat(Stream.of("steps", STEP.value()), Stream.of(fields)).toArray(String[]::new));
  }
}
