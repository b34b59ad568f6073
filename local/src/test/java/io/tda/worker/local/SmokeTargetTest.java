package io.tda.worker.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which worker {@code smoke} is about. */
final class SmokeTargetTest {
  private static final Map<String, String> STACK =
      Map.of(
          "GOOGLE_CLOUD_PROJECT", "worker-dev",
          "ARTIFACTS_BUCKET", "demo-artifacts",
          "FIRESTORE_EMULATOR_HOST", "127.0.0.1:1",
          "WORKER_LOG_FILE", "log.jsonl");

  @TempDir private Path checkout;

  @BeforeEach
  void lookHere() throws IOException {
    System.setProperty("worker.state", checkout.resolve(".worker").toString());
    var dev = Files.createDirectories(checkout.resolve("terraform/envs/dev"));
    Files.writeString(
        dev.resolve("terraform.tfvars"),
        """
        project_id = "p-dev"
        artifacts  = { bucket = "p-dev-artifacts", prefix = "out" }
        firestore  = { collections = { flow_runs = "runs" }, database = "d1" }
        gemini     = { allowed_models = ["gemini-2.5-*", "gemini-x", "gemini-y"] }
        """);
  }

  @AfterEach
  void forget() {
    System.clearProperty("worker.state");
  }

  private static CliException refused(@Nullable String env, Map<String, String> environment) {
    return catchThrowableOfType(CliException.class, () -> SmokeTarget.of(env, environment));
  }

  @Test
  void environment_isWhatItsDeploymentIsMadeFrom() {
    var target = SmokeTarget.of("dev", Map.of("FLOW_RUNS_COLLECTION", "others", "HOME", "/h"));

    assertThat(target.title()).isEqualTo("environment dev, project p-dev");
    assertThat(target.variables())
        .isEqualTo(
            Map.of(
                "HOME", "/h",
                "ENV", "dev",
                "GOOGLE_CLOUD_PROJECT", "p-dev",
                "ARTIFACTS_BUCKET", "p-dev-artifacts",
                "ARTIFACTS_PREFIX", "out",
                "FIRESTORE_DATABASE", "d1",
                "FLOW_RUNS_COLLECTION", "runs",
                "GEMINI_ALLOWED_MODELS", "gemini-2.5-*,gemini-x,gemini-y"));
    assertThat(target.model("usual")).isEqualTo("gemini-x");
  }

  @Test
  void environmentThatIsNotThere_isBadUsage() {
    for (var name : new String[] {"nowhere", "../envs/dev", "Dev"}) {
      var refused = refused(name, Map.of());
      assertThat(refused).hasMessage("--env: there is no terraform/envs/" + name);
      assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    }
  }

  @Test
  void anotherProjectInTheEnvironment_isNotOverruled() {
    assertThat(refused("dev", Map.of("GOOGLE_CLOUD_PROJECT", "p-other")))
        .hasMessage("GOOGLE_CLOUD_PROJECT is p-other, but environment dev is project p-dev")
        .extracting(CliException::exitCode)
        .isEqualTo(ExitCode.BAD_CONFIGURATION);
    assertThat(SmokeTarget.of("dev", Map.of("GOOGLE_CLOUD_PROJECT", "p-dev")).title())
        .isEqualTo("environment dev, project p-dev");
  }

  @Test
  void emulatorsInTheEnvironment_areNotMixedWithAProject() {
    assertThat(refused("dev", STACK)).hasMessageContaining("is set and leads elsewhere");
  }

  @Test
  void fileThatSaysTooLittle_isNamed() throws IOException {
    var file = checkout.resolve("terraform/envs/dev/terraform.tfvars");
    Files.writeString(file, "project_id = \"p-dev\"");
    assertThat(refused("dev", Map.of())).hasMessage(file + ": says no artifacts.bucket");

    Files.writeString(file, "project_id = var.other");
    assertThat(refused("dev", Map.of())).hasMessage(file + ": is not understood");
  }

  @Test
  void withoutAName_theStackIsTaken_orTheProjectOfTheEnvironment() {
    assertThat(refused(null, Map.of()).exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    assertThat(refused("local", Map.of()))
        .hasMessage("no dev stack of this checkout runs: ./worker dev --no-seed");

    StackFile.ofThisCheckout().write(STACK);
    assertThat(SmokeTarget.of(null, Map.of()).title()).isEqualTo("the dev stack");
    assertThat(SmokeTarget.of("local", Map.of("GOOGLE_CLOUD_PROJECT", "p")).variables())
        .isEqualTo(STACK);
    var named =
        SmokeTarget.of(null, Map.of("GOOGLE_CLOUD_PROJECT", "p-2", "ARTIFACTS_BUCKET", "b"));
    assertThat(named.title()).isEqualTo("project p-2");
    assertThat(named.model("usual")).isEqualTo("usual");
  }

  @Test
  void whatIsMissingInTheEnvironment_isNamed() {
    assertThat(refused(null, Map.of("GOOGLE_CLOUD_PROJECT", "p-2")))
        .hasMessageStartingWith("ARTIFACTS_BUCKET is not set");
    assertThat(
            refused(
                null,
                Map.of(
                    "GOOGLE_CLOUD_PROJECT", "worker-dev",
                    "ARTIFACTS_BUCKET", "b",
                    "FIRESTORE_EMULATOR_HOST", "127.0.0.1:1")))
        .hasMessageStartingWith("WORKER_LOG_FILE is not set");
  }
}
