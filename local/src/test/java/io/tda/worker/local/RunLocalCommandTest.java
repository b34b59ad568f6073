package io.tda.worker.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of {@code run-local} and {@code demo}. */
final class RunLocalCommandTest {
  @TempDir private Path folder;
  private String run = "";

  @BeforeEach
  void copyExample() {
    Contracts.copy(Contracts.file("example-run"), folder);
    run = "--flow-run-path=" + folder.resolve("flow_run.json");
  }

  @Test
  void runLocal_printsTheDocumentedSummary_andNothingElseOnStdout() {
    var cli = Cli.run("run-local", run, "--output-summary=json");
    assertThat(cli.exitCode()).isZero();
    assertThat(json(cli.out()).properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "status",
            "runId",
            "stepId",
            "reportUri",
            "reportPath",
            "attempts",
            "usage",
            "durationMs",
            "eventCounts");
    assertThat(json(cli.out()).path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(Path.of(json(cli.out()).path("reportPath").asText())).isNotEmptyFile();
    assertThat(cli.err()).contains("step_completed");
  }

  @Test
  void runLocal_reusesTheReport_whenRunTwice() {
    Cli.run("run-local", run);
    var second = json(Cli.run("run-local", run, "--output-summary=json").out());
    assertThat(second.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(second.path("attempts").path("total").asInt()).isZero();
    assertThat(second.path("eventCounts").has("llm_request_started")).isFalse();
  }

  @Test
  void runLocal_leavesTheRunsOwnFileAlone() throws IOException {
    var before = Files.readString(folder.resolve("flow_run.json"));
    Cli.run("run-local", run);
    assertThat(folder.resolve("flow_run.json")).hasContent(before);
  }

  @Test
  void runLocal_printsNothingOnStdout_whenNoSummaryIsWanted() {
    assertThat(Cli.run("run-local", run, "--output-summary=none").out()).isEmpty();
  }

  @Test
  void runLocal_saysThatThereIsNothingToDo_forAStepThatIsNotReady() {
    var cli = Cli.run("run-local", run, "--step-id=llm_report_1M_overview");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).contains("NOTHING TO DO").contains("SUCCEEDED, not READY");
  }

  @Test
  void runLocal_refusesAnUnknownStep() {
    var cli = Cli.run("run-local", run, "--step-id=nobody");
    assertThat(cli.exitCode()).isEqualTo(64);
    assertThat(cli.err()).contains("--step-id").contains("flow_run.json");
  }

  @Test
  void runLocal_refusesRealModeWithoutAKey() {
    var cli = Cli.run("run-local", run, "--llm-mode=real");
    assertThat(cli.exitCode()).isEqualTo(78);
    assertThat(cli.err()).contains("GEMINI_API_KEY");
  }

  @Test
  void unknownOption_isBadUsage() {
    assertThat(Cli.run("run-local", run, "--fast").exitCode()).isEqualTo(64);
    assertThat(Cli.run("run-local").exitCode()).isEqualTo(64);
    assertThat(Cli.run("walk").exitCode()).isEqualTo(64);
  }

  @Test
  void demo_endsWithTheReportAndItsSummary() {
    var cli = Cli.run("demo");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.err()).contains("cloud_event_received").contains("step_completed");
    assertThat(cli.out()).contains("gs://demo-artifacts/").contains("LINKUSDT 4h");
  }

  private static JsonNode json(String text) {
    assertThat(StrictJson.parse(text)).isInstanceOf(StrictJson.Result.Parsed.class);
    return ((StrictJson.Result.Parsed) StrictJson.parse(text)).value();
  }
}
