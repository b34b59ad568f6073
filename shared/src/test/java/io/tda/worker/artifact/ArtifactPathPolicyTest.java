package io.tda.worker.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.id.Timeframe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPathPolicyTest {
  private static final StepKey STEP = new StepKey(new RunId("run-1"), new StepId("llm:4h:v1"));
  private static final Timeframe TIMEFRAME = new Timeframe("4h");

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "/, ''",
    "///, ''",
    "reports, reports/",
    "/reports/, reports/",
    "//a///b//, a/b/",
    "a/b, a/b/",
    "a.b/..c, a.b/..c/",
    "with space, with space/"
  })
  void report_putsThePrefixInFront_withItsSlashesTrimmedAndCollapsed(String prefix, String front) {
    assertThat(ArtifactPathPolicy.of("bucket", prefix).orElseThrow().report(STEP, TIMEFRAME))
        .hasToString("gs://bucket/" + front + "run-1/4h/llm:4h:v1.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a/..", "../a", "a/./b", "/./", "a\nb", "a\u0000"})
  void of_refusesPrefixesThatAreNoPath(String prefix) {
    assertThat(ArtifactPathPolicy.of("bucket", prefix)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "Bucket", "a/b", "gs://bucket", "a..b"})
  void of_refusesWhatIsNoBucketName(String bucket) {
    assertThat(ArtifactPathPolicy.of(bucket, "")).isEmpty();
  }

  @Test
  void of_refusesAPrefixThatLeavesTooLittleRoom() {
    assertThat(ArtifactPathPolicy.of("bucket", "p".repeat(360))).isPresent();
    assertThat(ArtifactPathPolicy.of("bucket", "p".repeat(361))).isEmpty();
  }

  @Test
  void report_hasAUri_forTheLongestNamesThatAreAllowed() {
    var policy = ArtifactPathPolicy.of("bucket", "p".repeat(360)).orElseThrow();
    var longest = new StepKey(new RunId("r".repeat(128)), new StepId("📈".repeat(128)));

    assertThat(policy.report(longest, new Timeframe("t".repeat(16))).name()).startsWith("ppp");
  }

  @Test
  void report_isTheSameForEveryAttempt_andAnotherForEachStep() {
    var policy = ArtifactPathPolicy.of("bucket", "").orElseThrow();
    var other = new StepKey(STEP.runId(), new StepId("llm:4h:v2"));

    assertThat(policy.report(STEP, TIMEFRAME)).isEqualTo(policy.report(STEP, TIMEFRAME));
    assertThat(policy.report(STEP, TIMEFRAME)).isNotEqualTo(policy.report(other, TIMEFRAME));
  }
}
