package io.tda.worker.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.infra.check.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pipeline's files must and must not say. */
final class PipelineTest {
  /** Where the next job begins. */
  private static final Pattern JOB = Pattern.compile("\n(?=  [a-z]+:\n)");

  @Test
  void actions_arePinnedByCommit() throws IOException {
    assertThat(lines().filter(line -> line.strip().startsWith("- uses:")))
        .hasSizeGreaterThan(10)
        .allSatisfy(line ->
            assertThat(line)
                .matches("\\s*- uses: [\\w.-]+/[\\w.-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
  }

  @Test
  void oneVersionOfAnAction_isUsedEverywhere() throws IOException {
    assertThat(
            lines()
                .filter(line -> line.strip().startsWith("- uses:"))
                .map(String::strip)
                .distinct()
                .map(line -> line.replaceFirst("@.*", "")))
        .doesNotHaveDuplicates();
  }

  @Test
  void noKeyIsUsed() throws IOException {
    assertThat(lines())
        .noneMatch(line -> line.contains("credentials_json"))
        .noneMatch(line -> line.contains("secrets."));
  }

  @Test
  void whatMayActAsTheDeployer_runsInAProtectedEnvironment() throws IOException {
    for (String job : JOB.splitAsStream(text("deploy.yml")).toList()) {
      assertThat(job.contains("id-token: write")).isEqualTo(job.contains("    environment: "));
    }
    assertThat(text("check.yml")).doesNotContain("id-token");
  }

  /** Text from outside would be run as a part of the command. */
  @Test
  void inputs_areNotPastedIntoCommands() throws IOException {
    assertThat(lines().filter(line -> line.contains("run:")))
        .noneMatch(line -> line.contains("${{"));
  }

  @Test
  void stages_comeInOrder() throws IOException {
    String dev = text("deploy.yml");
    assertThat(
            Stream.of(".ci/run", "--env dev --plan-only", "--env dev --yes", "smoke --env dev")
                .map(dev::indexOf))
        .isSorted()
        .doesNotContain(-1);
    String build = Files.readString(Places.of("cloudbuild.yaml"));
    assertThat(Stream.of("id: test", "id: plan", "id: apply", "id: smoke").map(build::indexOf))
        .isSorted()
        .doesNotContain(-1);
  }

  private static Stream<String> lines() throws IOException {
    return Stream.concat(text("check.yml").lines(), text("deploy.yml").lines());
  }

  private static String text(String workflow) throws IOException {
    return Files.readString(Places.of(".github/workflows").resolve(Path.of(workflow)));
  }

  @Test
  void scripts_areClean_bySomeoneElsesJudgement() throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "shellcheck",
            Places.of("deploy/deploy").toString(),
            Places.of(".ci/check-terraform").toString());
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      assertThat(process.waitFor()).isZero();
    } catch (IOException missing) {
      System.err.println(
          "NOT CHECKED: shellcheck is not installed; the workflow \"check\" has it.");
    }
  }
}
