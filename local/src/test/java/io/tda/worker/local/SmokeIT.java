package io.tda.worker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code smoke} against the services on emulators; with a model that misbehaves it must fail. */
final class SmokeIT {
  private static final Pattern STUB = Pattern.compile("http://[\\d.:]+");

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
  void smoke_passes_andFailsWhenTheModelMisbehaves() throws Exception {
    try (var dev = DevProcess.start(state, "--no-seed", "--model-latency-ms=0")) {
      var stub = STUB.matcher(dev.await("(stub)"));
      assertThat(stub.find()).isTrue();
      dev.await("export WORKER_LOG_FILE");

      var smoke = Cli.run("smoke", "--env", "local");
      assertThat(smoke.out().lines().map(line -> line.substring(0, 25).strip()))
          .containsExactly(
              "ok      report",
              "ok      bad-schema",
              "ok      oversize-input",
              "ok      truncated-output");
      assertThat(smoke.exitCode()).isZero();
      assertThat(smoke.err())
          .contains("the dev stack, bucket demo-artifacts")
          .doesNotContain("left");
      assertThat(Cli.run("show", run(smoke.out())).exitCode()).as("it is deleted").isEqualTo(65);

      order(stub.group(), "withheld,withheld");
      var failed = Cli.run("smoke", "--json", "--timeout=120");
      assertThat(failed.exitCode()).isEqualTo(1);
      assertThat(findings(failed.out(), "report"))
          .contains("step's error code")
          .contains("expected nothing, saw 'LLM_SAFETY_BLOCK'");
      assertThat(findings(failed.out(), "truncated-output"))
          .contains("expected 'INVALID_STRUCTURED_OUTPUT', saw 'LLM_SAFETY_BLOCK'");
      assertThat(findings(failed.out(), "bad-schema")).isEqualTo("[]");
      assertThat(failed.err().lines().filter(line -> line.startsWith("  left: run smoke-")))
          .hasSize(2);

      DevProcess.signal("INT", dev.handle());
      assertThat(dev.awaitExit()).isEqualTo(130);
      try (var left = Files.list(state)) {
        assertThat(left).as("the stack's log goes with it").isEmpty();
      }
    }
  }

  private static String run(String shown) {
    var run = Pattern.compile("smoke-\\w+-report").matcher(shown);
    assertThat(run.find()).isTrue();
    return run.group();
  }

  private static String findings(String json, String name) {
    var parsed = (StrictJson.Result.Parsed) StrictJson.parse(json);
    for (var each : parsed.value().path("cases")) {
      if (each.path("name").asText().equals(name)) {
        return each.path("findings").toString();
      }
    }
    throw new AssertionError("no case " + name);
  }

  private static void order(String stub, String replies) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(stub + "/stub/next"))
              .POST(BodyPublishers.ofString(replies))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }
}
