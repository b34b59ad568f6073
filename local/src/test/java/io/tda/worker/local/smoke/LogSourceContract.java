package io.tda.worker.local.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.id.RunId;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every source of log lines does. */
abstract class LogSourceContract {
  static final RunId RUN = new RunId("smoke-1");
  private static final Set<RunId> RUNS = Set.of(RUN, new RunId("smoke-2"));

  /** The source, of which nothing was read yet. */
  abstract LogSource source() throws Exception;

  /** A service writes a line: JSON without the time. */
  abstract void write(String severity, String fields) throws Exception;

  private void write(String run, String event, String more) throws Exception {
    write(
        "INFO",
        "\"component\":\"executor\",\"runId\":\"%s\",\"messageId\":\"m1\",\"event\":\"%s\"%s"
            .formatted(run, event, more));
  }

  @Test
  void lines_areReadInTheirOrder_withWhatTheyTell() throws Exception {
    write("smoke-1", "gcs_read_finished", ",\"kind\":\"ohlcv\",\"ok\":false,\"bytes\":7");
    write("smoke-1", "structured_output_invalid", ",\"reason\":{\"kind\":\"finish_reason\"}");
    write("smoke-1", "step_failed", ",\"error\":{\"code\":\"INTERNAL\",\"retryable\":true}");
    write("smoke-2", "push_finished", ",\"status\":204");

    var lines = source().read(RUNS);

    assertThat(lines)
        .extracting(LoggedLine::told)
        .containsExactly(
            "gcs_read_finished ohlcv failed",
            "structured_output_invalid finish_reason",
            "step_failed INTERNAL",
            "push_finished 204");
    assertThat(lines.getFirst())
        .isEqualTo(
            new LoggedLine(
                lines.getFirst().order(),
                "smoke-1",
                "executor",
                "m1",
                "gcs_read_finished",
                "gcs_read_finished ohlcv failed"));
    assertThat(lines).extracting(LoggedLine::order).isSorted();
  }

  @Test
  void otherRuns_andDebugLines_areLeftOut() throws Exception {
    write("smoke-3", "push_finished", ",\"status\":204");
    write("DEBUG", "\"component\":\"executor\",\"runId\":\"smoke-1\",\"event\":\"sweep_started\"");
    write("INFO", "\"component\":\"executor\",\"event\":\"service_started\"");

    assertThat(source().read(RUNS)).isEmpty();
  }

  @Test
  void lineThatComesLater_isThereWhenAskedAgain() throws Exception {
    var source = source();
    write("smoke-1", "lease_acquired", "");
    assertThat(source.read(RUNS)).hasSize(1);

    write("smoke-1", "push_finished", ",\"status\":204");

    assertThat(source.read(RUNS))
        .extracting(LoggedLine::event)
        .containsExactly("lease_acquired", "push_finished");
  }
}
