package io.tda.worker.executor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.ReadResult;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.json.Sha256;
import io.tda.worker.log.ModelEvent.RawOutputQuarantined;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an answer goes that is no report. */
final class RawOutputQuarantineTest {
  private static final String INVALID = "{\"summary\": \"CANARY-OUTPUT-PHRASE\"}";

  private ExecutorFixture fixture;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    fixture = new ExecutorFixture(folder);
  }

  @Test
  void keep_putsTheLastInvalidAnswerApart_andSaysWhere() {
    fixture.model.answers("first try");
    fixture.model.answers(INVALID);

    StepExecutorTest.assertFailed(fixture.execute(), ErrorCode.INVALID_STRUCTURED_OUTPUT);
    var expected =
        new RawOutputQuarantined(place(), INVALID.length(), Sha256.hex(INVALID.getBytes(UTF_8)));
    assertThat(fixture.log.events(RawOutputQuarantined.class)).containsExactly(expected);
    assertThat(fixture.artifacts.read(place(), 1_000))
        .isInstanceOfSatisfying(
            ReadResult.Found.class,
            found -> assertThat(new String(found.content(), UTF_8)).isEqualTo(INVALID));
    assertThat(fixture.stepText())
        .contains(place().toString(), expected.sha256())
        .doesNotContain("CANARY-OUTPUT-PHRASE");
    assertThat(fixture.log.entries().toString()).doesNotContain("CANARY-OUTPUT-PHRASE");
  }

  @Test
  void keep_keepsNothing_whenTheAnswerIsMended() {
    fixture.model.answers(INVALID);

    fixture.execute();

    assertThat(fixture.log.events(RawOutputQuarantined.class)).isEmpty();
    assertThat(fixture.artifacts.find(place())).isEmpty();
  }

  @Test
  void keep_changesNothingAboutTheStepsEnd_whenItFails() {
    // An object where a folder would have to be: the store cannot write below it.
    fixture.store(new GcsUri("quarantine", ExecutorFixture.STEP.runId().value()), new byte[0]);
    fixture.model.answers(INVALID);
    fixture.model.answers(INVALID);

    StepExecutorTest.assertFailed(fixture.execute(), ErrorCode.INVALID_STRUCTURED_OUTPUT);
    assertThat(fixture.log.names())
        .contains("raw_output_not_quarantined")
        .doesNotContain("raw_output_quarantined");
    assertThat(fixture.stepText()).doesNotContain("rawOutput");
  }

  @Test
  void keep_writesNothing_whenTheLeaseIsLost() {
    fixture.model.answers(INVALID);
    fixture.model.answers(INVALID);
    fixture.after(
        "llm_request_finished",
        () -> {
          if (fixture.model.calls() == 2) {
            fixture.stopTooLong();
          }
        });

    assertThat(fixture.execute()).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(fixture.artifacts.find(place())).isEmpty();
  }

  private GcsUri place() {
    return new GcsUri(
        "quarantine",
        ExecutorFixture.STEP + "/" + fixture.message().claim().id() + "/1/raw_llm_output.json");
  }
}
