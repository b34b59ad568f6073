package io.tda.worker.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.infra.check.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No cloud, no Docker: programs of these names write down how they were called. */
final class DeployScriptTest {
  private static final String ZEROS = "0".repeat(64);
  private static final String ONES = "1".repeat(64);
  private static final String GIVEN_DISPATCHER = "r/dispatcher@sha256:" + ZEROS;
  private static final String GIVEN_EXECUTOR = "r/executor@sha256:" + ONES;

  @TempDir private Path sandbox;

  /** How the script ended. */
  private record Ended(int code, String output, List<String> calls) {}

  @BeforeEach
  void layOut() throws IOException {
    copy("deploy/deploy");
    for (String environment : List.of("dev", "prod")) {
      copy("terraform/envs/" + environment + "/terraform.tfvars");
    }
    program("git", "case $* in *status*) printf \"$DIRTY\" ;; *rev-parse*) echo abc ;; esac");
    program(
        "terraform",
        "case $* in *event_subscription) echo made-by-eventarc ;; *event_dead_letter_topic) echo dead ;;"
            + " *event_max_attempts) echo 100 ;; *event_ack_seconds) echo 60 ;;"
            + " *dispatcher_image) echo "
            + GIVEN_DISPATCHER
            + " ;; *executor_image) echo "
            + GIVEN_EXECUTOR
            + " ;; *apply*) exit \"${APPLY:-0}\" ;; esac");
    program(
        "gcloud",
        "case $* in *images\\ describe*) [[ -n $PUSHED ]] && echo sha256:"
            + ONES
            + " || exit 1 ;;"
            + " *subscriptions\\ describe*) echo \"${SET:-dead}\" ;;"
            + " *services\\ describe*) echo \"${SERVES:-worker-executor-00042-abc}\" ;; esac");
    program(
        "docker",
        "case $* in inspect*) echo \"${*: -1}\" | sed 's/:abc/@sha256:" + ZEROS + "/' ;; esac");
  }

  @Test
  void deploy_buildsPushesPlansAppliesAndSetsDeadLetters() throws Exception {
    Ended ended = deploy(Map.of(), "--env dev --yes");
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.calls())
        .extracting(call -> call.replaceAll("^(\\w+) (-chdir=\\S+ )?(\\S+ ?\\S*).*", "$1 $3"))
        .containsExactly(
            "git -C " + sandbox,
            "git -C " + sandbox,
            "gcloud auth configure-docker",
            "gcloud artifacts docker",
            "docker build --target",
            "docker push europe-west4-docker.pkg.dev/my-worker-dev/worker/dispatcher:abc",
            "docker inspect --format",
            "gcloud artifacts docker",
            "docker build --target",
            "docker push europe-west4-docker.pkg.dev/my-worker-dev/worker/executor:abc",
            "docker inspect --format",
            "terraform init -input=false",
            "terraform plan -input=false",
            "terraform apply -input=false",
            "terraform output -raw",
            "terraform output -raw",
            "terraform output -raw",
            "terraform output -raw",
            "gcloud pubsub subscriptions",
            "gcloud pubsub subscriptions");
    assertThat(ended.calls())
        .anyMatch(call ->
            call.contains(
                "update made-by-eventarc --project my-worker-dev --dead-letter-topic dead"
                    + " --max-delivery-attempts 100 --ack-deadline 60"));
  }

  @Test
  void deploy_takesTheImageOfTheCommit_whenItIsThereAlready() throws Exception {
    Ended ended = deploy(Map.of("PUSHED", "1"), "--env dev --yes");
    assertThat(ended.calls()).noneMatch(call -> call.startsWith("docker"));
    assertThat(ended.calls()).anyMatch(call -> call.contains("worker/executor@sha256:" + ONES));
  }

  @Test
  void deploy_stops_whenAnEventThatCannotBeDeliveredWouldBeLost() throws Exception {
    Ended ended = deploy(Map.of("SET", "other"), "--env dev --yes");
    assertThat(ended.code()).isOne();
    assertThat(ended.output()).contains("would be lost");
  }

  @Test
  void deploy_stops_whenTheApplyFails() throws Exception {
    Ended ended = deploy(Map.of("APPLY", "1"), "--env dev --yes");
    assertThat(ended.code()).isOne();
    assertThat(ended.calls()).noneMatch(call -> call.contains("subscriptions"));
  }

  @Test
  void deploy_stops_whenNoCommitSaysWhatIsInTheImage() throws Exception {
    Ended ended = deploy(Map.of("DIRTY", "x"), "--env dev --yes");
    assertThat(ended.code()).isOne();
    assertThat(ended.calls()).noneMatch(call -> call.startsWith("docker"));
  }

  @Test
  void deploy_changesNothing_whenNobodyIsThereToAsk() throws Exception {
    Ended ended = deploy(Map.of(), "--env prod --images-from dev");
    assertThat(ended.code()).isOne();
    assertThat(ended.calls()).noneMatch(call -> call.contains(" apply "));
  }

  @Test
  void plan_changesNothing() throws Exception {
    Ended ended = deploy(Map.of(), "--env dev --plan-only");
    assertThat(ended.code()).isZero();
    assertThat(ended.calls())
        .noneMatch(call -> call.contains(" apply ") || call.contains("pubsub"));
  }

  @Test
  void promotion_takesWhatRunsElsewhere_byDigest() throws Exception {
    Ended ended = deploy(Map.of(), "--env prod --images-from dev --yes");
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.calls()).noneMatch(call -> call.startsWith("docker"));
    assertThat(ended.calls())
        .anyMatch(call ->
            call.contains("envs/prod plan")
                && call.contains(GIVEN_DISPATCHER)
                && call.contains(GIVEN_EXECUTOR));
  }

  @Test
  void rollback_sendsRequestsToTheRevision() throws Exception {
    Ended ended = deploy(Map.of(), "--env dev --yes --rollback worker-executor-00042-abc");
    assertThat(ended.code()).isZero();
    assertThat(ended.calls())
        .first()
        .asString()
        .contains(
            "run services update-traffic worker-executor --project my-worker-dev --region"
                + " europe-west4 --to-revisions worker-executor-00042-abc=100");
  }

  @Test
  void rollback_fails_whenRequestsGoElsewhere() throws Exception {
    Ended ended =
        deploy(
            Map.of("SERVES", "worker-executor-00043-xyz"),
            "--env dev --yes --rollback worker-executor-00042-abc");
    assertThat(ended.code()).isOne();
  }

  @Test
  void prepare_appliesTheFoundationAlone() throws Exception {
    Ended ended = deploy(Map.of(), "--env dev --yes --prepare");
    assertThat(ended.code()).isZero();
    assertThat(ended.calls()).anyMatch(call -> call.contains("-target=module.foundation"));
    assertThat(ended.calls()).noneMatch(call -> call.startsWith("docker"));
  }

  @Test
  void dryRun_printsCommandsAndRunsNone() throws Exception {
    Ended ended = deploy(Map.of(), "--env dev --dry-run");
    assertThat(ended.code()).isZero();
    assertThat(ended.calls()).allMatch(call -> call.startsWith("git"));
    assertThat(ended.output())
        .contains(
            "+ docker build --target executor", " apply ", "+ gcloud pubsub subscriptions update");
  }

  @Test
  void badUsage_isRefused() throws Exception {
    for (String arguments :
        List.of(
            "",
            "--env nowhere",
            "--env ../dev",
            "--env dev --what",
            "--env",
            "--env dev --dispatcher-image " + GIVEN_DISPATCHER,
            "--env dev --dispatcher-image r/d:1 --executor-image " + GIVEN_EXECUTOR,
            "--env dev --rollback other-service-00042-abc --yes")) {
      Ended ended = deploy(Map.of(), arguments);
      assertThat(ended.code()).as(arguments).isEqualTo(64);
      assertThat(ended.calls()).as(arguments).isEmpty();
    }
  }

  @Test
  void missingProgram_isNamed() throws Exception {
    Files.delete(sandbox.resolve("bin/terraform"));
    Ended ended = deploy(Map.of("PATH", sandbox.resolve("bin") + ":/bin"), "--env dev --plan-only");
    assertThat(ended.code()).isEqualTo(69);
    assertThat(ended.output()).contains("needs terraform");
  }

  private Ended deploy(Map<String, String> environment, String arguments) throws Exception {
    Path calls = sandbox.resolve("calls");
    Files.writeString(calls, "");
    Path output = sandbox.resolve("output");
    List<String> line =
        new ArrayList<>(List.of("bash", sandbox.resolve("deploy/deploy").toString()));
    line.addAll(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("PATH", sandbox.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().put("CALLS", calls.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(output), Files.readAllLines(calls));
  }

  private void copy(String file) throws IOException {
    Path target = sandbox.resolve(file);
    Files.createDirectories(target.getParent());
    Files.copy(Places.of(file), target);
  }

  private void program(String name, String answers) throws IOException {
    Path file = sandbox.resolve("bin").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "#!/bin/bash\nprintf '%s\\n' \"" + name + " $*\" >>\"$CALLS\"\n" + answers + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
