package io.tda.worker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.json.StrictJson;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dev} as a person uses it: processes, signals, and the commands of another terminal. */
final class DevCommandIT {
  private static final String EXAMPLE = "20251224-061000_LINKUSDT_demo92";
  private static final int SERVICES_AND_EMULATORS = 4;

  @TempDir private Path state;

  @BeforeEach
  void findTheStackHere() {
    System.setProperty("worker.state", state.toString());
  }

  @AfterEach
  void forgetIt() {
    System.clearProperty("worker.state");
  }

  @Test
  void once_showsTheRunThatSucceeded_andLeavesNothingBehind() throws Exception {
    try (var dev = DevProcess.start(state, "--once", "--model-latency-ms=0")) {
      dev.await("step_completed");
      assertThat(dev.children()).isEqualTo(SERVICES_AND_EMULATORS);
      dev.await(EXAMPLE + " RUNNING");
      dev.await("SUCCEEDED llm_report_4h_trend");

      assertThat(dev.awaitExit()).isZero();
      assertThat(dev.orphans()).isEmpty();
    }
  }

  @Test
  void once_endsWith1_whenTheReportFails() throws Exception {
    try (var dev = DevProcess.start(state, "--once", "--model-replies=withheld")) {
      dev.await("FAILED    llm_report_4h_trend");
      dev.await("LLM_SAFETY_BLOCK");

      assertThat(dev.awaitExit()).isEqualTo(1);
    }
  }

  @Test
  void otherTerminals_seedTriggerAndShow_untilCtrlC() throws Exception {
    try (var dev = DevProcess.start(state, "--no-seed", "--duplicate=1", "--model-latency-ms=0")) {
      dev.await("export STORAGE_EMULATOR_HOST");
      assertThat(Cli.run("seed", "--run-id=second", "--hold").exitCode()).isZero();
      assertThat(Cli.run("seed", "--run-id=second", "--hold").exitCode()).isEqualTo(2);
      assertThat(Cli.run("show", "second").out()).contains("PENDING   llm_report_4h_trend");
      assertThat(Cli.run("trigger", "second").out()).isEqualTo("READY: llm_report_4h_trend\n");
      dev.await("step_completed");

      var shown = Cli.run("show", "second", "--json");
      assertThat(shown.exitCode()).isZero();
      assertThat(report(shown.out()))
          .isEqualTo("gs://demo-artifacts/second/4h/llm_report_4h_trend.json");
      assertThat(Cli.run("trigger", "second").exitCode()).isEqualTo(2);
      assertThat(Cli.run("show", "nobody").exitCode()).isEqualTo(65);

      DevProcess.signal("INT", dev.handle());
      assertThat(dev.awaitExit()).isEqualTo(130);
      assertThat(dev.orphans()).isEmpty();
      assertThat(Cli.run("show", "second").exitCode()).isEqualTo(78);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Firestore emulator:", "Pub/Sub emulator:", "config_loaded"})
  void ctrlC_leavesNothingBehind_whenItComesWhileTheStackStarts(String line) throws Exception {
    try (var dev = DevProcess.start(state)) {
      dev.await(line);
      assertThat(dev.children()).isPositive();
      DevProcess.signal("INT", dev.handle());

      assertThat(dev.awaitExit()).isEqualTo(130);
      assertThat(dev.orphans()).isEmpty();
    }
  }

  @Test
  void secondStack_saysHowToReachIt_andLeavesTheFirstWhereItIs() throws Exception {
    try (var first = DevProcess.start(state, "--no-seed")) {
      first.await("export STORAGE_EMULATOR_HOST");
      assertThat(Cli.run("seed", "--run-id=first", "--hold").exitCode()).isZero();
      try (var second = DevProcess.start(state, "--once", "--model-latency-ms=0")) {
        second.await("the stack that runs already");
        assertThat(second.awaitExit()).isZero();
      }
      assertThat(Cli.run("show", "first").exitCode()).isZero();
    }
  }

  @Test
  void serviceThatDies_isReported_andEndsTheRest() throws Exception {
    try (var dev = DevProcess.start(state, "--no-seed")) {
      dev.await("export STORAGE_EMULATOR_HOST");
      DevProcess.signal("KILL", dev.newestChild());

      dev.await("the executor ended with exit code 137");
      assertThat(dev.awaitExit()).isEqualTo(70);
      assertThat(dev.orphans()).isEmpty();
    }
  }

  @Test
  void dev_saysInOneLineWhatToInstall_whenThereIsNoEmulator() throws Exception {
    try (var dev = DevProcess.start(state, Map.of("WORKER_EMULATORS", "built-in"), "--once")) {
      assertThat(dev.await("worker: "))
          .contains("No Firestore emulator")
          .contains("Install the Google Cloud CLI with its emulators");
      assertThat(dev.awaitExit()).isEqualTo(69);
    }
  }

  private static String report(String json) {
    var parsed = (StrictJson.Result.Parsed) StrictJson.parse(json);
    for (var step : parsed.value().path("steps")) {
      if (step.path("stepId").asText().equals("llm_report_4h_trend")) {
        return step.path("gcs_uri").asText();
      }
    }
    throw new AssertionError("no such step");
  }
}
