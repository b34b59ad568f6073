package io.tda.worker.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tda.worker.emulator.EmulatorSource.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which emulator is taken, and what is said where there is none. */
class EmulatorLauncherTest {
  private final List<String> said = new ArrayList<>();

  @Test
  void start_takesTheFirstSourceThatHasIt() {
    var launcher =
        new EmulatorLauncher(List.of(lacking("one"), having("two"), having("three")), said::add);

    assertThat(launcher.require(EmulatorKind.PUBSUB).source()).isEqualTo("two");
    assertThat(said).containsExactly("Pub/Sub emulator: two at 127.0.0.1:1");
  }

  @Test
  void start_saysInOneLineWhatToInstall_whenThereIsNone() {
    var launcher = new EmulatorLauncher(List.of(lacking("one"), lacking("two")), said::add);

    assertThatThrownBy(() -> launcher.require(EmulatorKind.FIRESTORE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "No Firestore emulator (one is missing; two is missing). Install the Google Cloud CLI"
                + " with its emulators, or Docker, or set FIRESTORE_EMULATOR_HOST.");
  }

  @Test
  void of_takesAGivenHostAndDoesNotEndIt() {
    var launcher = launcher(Map.of("PUBSUB_EMULATOR_HOST", "10.0.0.1:8085"));

    var emulator = launcher.require(EmulatorKind.PUBSUB);
    emulator.close();
    assertThat(emulator.host()).isEqualTo("10.0.0.1:8085");
    assertThat(said).containsExactly("Pub/Sub emulator: PUBSUB_EMULATOR_HOST at 10.0.0.1:8085");
  }

  @Test
  void of_hasStorageEverywhere() {
    try (var storage =
        launcher(Map.of("WORKER_EMULATORS", "sdk,built-in")).require(EmulatorKind.STORAGE)) {
      assertThat(storage.host()).startsWith("http://127.0.0.1:");
    }
  }

  @Test
  void of_saysThatThereIsNoCloudCli() {
    assertThat(reason(Map.of("WORKER_EMULATORS", "sdk", "PATH", "/nonexistent")))
        .contains("no gcloud on the PATH");
  }

  @Test
  void of_namesTheComponentThatTheCloudCliLacks(@TempDir Path folder) throws IOException {
    assertThat(reason(Map.of("WORKER_EMULATORS", "sdk", "PATH", linkToCloudCli(folder))))
        .contains("gcloud components install pubsub-emulator");
  }

  @Test
  void of_givesUp_whenTheEmulatorEndsAtOnce(@TempDir Path folder) throws IOException {
    var path = linkToCloudCli(folder);
    var jars = folder.resolve("sdk/platform/pubsub-emulator/lib");
    Files.createDirectories(jars);
    Files.writeString(jars.resolve("cloud-pubsub-emulator-0-all.jar"), "not a jar");

    assertThat(reason(Map.of("WORKER_EMULATORS", "sdk", "PATH", path)))
        .contains("emulator does not start");
  }

  private String reason(Map<String, String> environment) {
    return ((Attempt.Unavailable) launcher(environment).start(EmulatorKind.PUBSUB)).reason();
  }

  private EmulatorLauncher launcher(Map<String, String> environment) {
    return EmulatorLauncher.of(environment, said::add);
  }

  /** Two folders: one holds the CLI without components, the other, on the path, a link to it. */
  private static String linkToCloudCli(Path folder) throws IOException {
    var bin = Files.createDirectories(folder.resolve("sdk/bin"));
    var gcloud = Files.writeString(bin.resolve("gcloud"), "#!/bin/sh\n");
    assertThat(gcloud.toFile().setExecutable(true)).isTrue();
    var path = Files.createDirectories(folder.resolve("path"));
    Files.createSymbolicLink(path.resolve("gcloud"), gcloud);
    return path.toString();
  }

  private static EmulatorSource having(String name) {
    return new ScriptedSource(
        name,
        new Attempt.Started(
            new Emulator(EmulatorKind.PUBSUB, "127.0.0.1:1", "127.0.0.1", name, () -> {})));
  }

  private static EmulatorSource lacking(String name) {
    return new ScriptedSource(name, new Attempt.Unavailable(name + " is missing"));
  }

  /** Answers every time the same. */
  private record ScriptedSource(String name, Attempt attempt) implements EmulatorSource {
    @Override
    public Attempt start(EmulatorKind kind, List<String> options) {
      return attempt;
    }
  }
}
