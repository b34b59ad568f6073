package io.tda.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.StepExecution.ClaimUse;
import io.tda.worker.flow.StepExecution.ModelUse;
import io.tda.worker.flow.StepExecution.ReportObject;
import io.tda.worker.flow.StepExecution.Timing;
import io.tda.worker.id.ClaimId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepExecutionTest {
  private static final Instant START = Instant.parse("2025-12-24T06:10:00Z");
  private static final Timing TIMING = new Timing(START, START.plusMillis(1_500));
  private static final ClaimUse CLAIM =
      new ClaimUse(new ClaimId("019b4f2e-8c00-7abc-8def-0123456789ab"), 1, 2);

  @Test
  void toMap_holdsEverything_whenTheStepSucceeded() {
    var report = new GcsUri("bucket", "x.json");
    var artifact = new ReportObject(report, "application/json", "ab".repeat(32), 12, 7, true);
    var execution =
        new StepExecution(TIMING, CLAIM, artifact, new ModelUse(Map.of("modelName", "m")));

    var map = execution.toMap(null);

    assertThat(map).containsOnlyKeys("timing", "claim", "artifact", "llm");
    assertThat(map.get("artifact"))
        .isEqualTo(
            Map.of(
                "gcs_uri",
                "gs://bucket/x.json",
                "contentType",
                "application/json",
                "sha256",
                "ab".repeat(32),
                "bytes",
                12L,
                "generation",
                7L,
                "reused",
                true));
    assertThat(map.get("llm")).isEqualTo(Map.of("modelName", "m"));
  }

  @Test
  void toMap_storesTimesAndCountsInTheirDocumentTypes() {
    var map = new StepExecution(TIMING, CLAIM, null, null).toMap(null);

    assertThat(map.get("timing"))
        .isEqualTo(
            Map.of(
                "startedAt", "2025-12-24T06:10:00.000Z",
                "finishedAt", "2025-12-24T06:10:01.500Z",
                "durationMs", 1_500L));
    assertThat(map.get("claim"))
        .isEqualTo(
            Map.of(
                "claimId", "019b4f2e-8c00-7abc-8def-0123456789ab",
                "attempt", 1L,
                "deliveryAttempt", 2L));
  }

  @Test
  void toMap_leavesOutWhatNeverHappened() {
    var error = StepError.of(ErrorCode.GCS_READ_FAILED, "not read").terminal();

    assertThat(new StepExecution(TIMING, null, null, null).toMap(error))
        .containsOnlyKeys("timing", "error")
        .containsEntry("error", Map.of("code", "GCS_READ_FAILED", "retryable", false));
  }

  @Test
  void toMap_storesNoNegativeDuration_whenClocksDiffer() {
    var timing = new Timing(START, START.minusSeconds(1));

    assertThat(new StepExecution(timing, null, null, null).toMap(null).get("timing"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("durationMs", 0L);
  }
}
