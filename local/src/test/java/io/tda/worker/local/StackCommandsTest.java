package io.tda.worker.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the stack's commands say before there is a stack. */
final class StackCommandsTest {
  @TempDir private Path state;

  @BeforeEach
  void lookHere() {
    System.setProperty("worker.state", state.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty("worker.state");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dev --model-replies=sulk | --model-replies: no reply of the stub model: sulk",
        "dev --duplicate=1.5 | a share is between 0 and 1, not 1.5",
        "dev --delay-ms=-1 | a delay is not negative",
        "dev --once --no-seed | --once needs a run",
        "dev --llm-mode=mock | --llm-mode",
        "trigger .. | RUN: run id",
        "trigger r1 --step=a.b | --step: step id",
        "trigger | Missing required parameter: 'RUN'",
        "show / | RUN: run id",
        "smoke --timeout=0 | --timeout: at least 1 second",
        "smoke --env=nowhere | --env: there is no terraform/envs/nowhere"
      })
  void usage_isChecked_beforeAnythingIsStarted(String arguments, String complaint) {
    var cli = Cli.run(arguments.split(" ", -1));

    assertThat(cli.err()).contains(complaint);
    assertThat(cli.exitCode()).isEqualTo(64);
  }

  @Test
  void stackThatDoesNotAnswer_isSaidInOneLine() throws Exception {
    StackFile.ofThisCheckout()
        .write(
            Map.of(
                "GOOGLE_CLOUD_PROJECT",
                "p-test",
                "ARTIFACTS_BUCKET",
                "reports",
                "FIRESTORE_EMULATOR_HOST",
                closedPort(),
                "STORAGE_EMULATOR_HOST",
                "http://" + closedPort()));

    var cli = Cli.run("show", "r1");

    assertThat(cli.err()).startsWith("worker: FIRESTORE_UNAVAILABLE: ").hasLineCount(1);
    assertThat(cli.exitCode()).isEqualTo(69);
  }

  private static String closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }

  @ParameterizedTest
  @CsvSource({"seed", "trigger r1", "show r1", "smoke"})
  void noStack_isSaidInOneLine(String arguments) {
    var cli = Cli.run(arguments.split(" ", -1));

    assertThat(cli.err())
        .isEqualTo(
            "worker: no dev stack of this checkout runs (./worker dev), and GOOGLE_CLOUD_PROJECT is"
                + " not set\n");
    assertThat(cli.exitCode()).isEqualTo(78);
  }

  @Test
  void stackFile_countsOnlyWhileItsProcessLives() throws Exception {
    var file = StackFile.ofThisCheckout();
    file.write(Map.of("GOOGLE_CLOUD_PROJECT", "worker-dev"));
    assertThat(file.read()).contains(Map.of("GOOGLE_CLOUD_PROJECT", "worker-dev"));

    var ended = new ProcessBuilder("true").start();
    ended.waitFor();
    var left = state.resolve("dev-stack.json");
    Files.writeString(left, "{\"pid\":%d,\"variables\":{}}".formatted(ended.pid()));
    assertThat(file.read()).isEmpty();
    file.remove();
    assertThat(left).as("another process's").exists();
  }

  @Test
  void theEnvironment_winsOverTheStack() {
    StackFile.ofThisCheckout().write(Map.of("GOOGLE_CLOUD_PROJECT", "worker-dev"));

    assertThat(StackChoice.variables(Map.of("GOOGLE_CLOUD_PROJECT", "somebodys")))
        .isEqualTo(Map.of("GOOGLE_CLOUD_PROJECT", "somebodys"));
    assertThat(StackChoice.variables(Map.of("LEASE_SECONDS", "5")))
        .isEqualTo(Map.of("GOOGLE_CLOUD_PROJECT", "worker-dev", "LEASE_SECONDS", "5"));
  }
}
