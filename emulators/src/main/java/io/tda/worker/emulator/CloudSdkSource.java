package io.tda.worker.emulator;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The emulators of an installed Google Cloud CLI, as processes of this machine. Their jars are
 * started directly: {@code gcloud} itself would take seconds and leave the emulator behind when it
 * is ended.
 */
final class CloudSdkSource implements EmulatorSource {
  private static final String USUAL_HEAP = "512m";

  private final Map<String, String> environment;

  private final boolean endWithProcess;

  private CloudSdkSource(Map<String, String> environment, boolean endWithProcess) {
    this.environment = environment;
    this.endWithProcess = endWithProcess;
  }

  static EmulatorSource of(Map<String, String> environment, boolean endWithProcess) {
    return new CloudSdkSource(environment, endWithProcess);
  }

  @Override
  public String name() {
    return "sdk";
  }

  @Override
  public Attempt start(EmulatorKind kind, List<String> options) {
    if (kind == EmulatorKind.STORAGE) {
      return new Attempt.Unavailable("the Google Cloud CLI has no storage emulator");
    }
    var sdk = installation();
    if (sdk.isEmpty()) {
      return new Attempt.Unavailable("no gcloud on the PATH");
    }
    var component = component(kind);
    var jar = jar(sdk.get().resolve("platform"), component);
    if (jar.isEmpty()) {
      return new Attempt.Unavailable(
          "the Google Cloud CLI lacks it: gcloud components install " + component.name());
    }
    return EmulatorProcess.start(kind, command(jar.get(), component, options), endWithProcess);
  }

  private static Component component(EmulatorKind kind) {
    return kind == EmulatorKind.FIRESTORE ? Component.FIRESTORE : Component.PUBSUB;
  }

  private List<String> command(Path jar, Component component, List<String> options) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // They are small programs that live for minutes.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Xmx" + environment.getOrDefault(EmulatorLauncher.HEAP, USUAL_HEAP));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-Duser.language=en"));
    command.addAll(List.of("-cp", jar.toString(), component.mainClass()));
    command.addAll(component.arguments());
    command.addAll(options);
    return command;
  }

  /** The folder above {@code bin/gcloud}; the PATH usually has a link to it. */
  private Optional<Path> installation() {
    for (var folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      var gcloud = Path.of(folder, "gcloud");
      if (Files.isExecutable(gcloud) && Files.isRegularFile(gcloud)) {
        try {
          var bin = gcloud.toRealPath().getParent();
          return Optional.ofNullable(bin).map(Path::getParent);
        } catch (IOException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> jar(Path platform, Component component) {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(platform.resolve(component.folder()), component.pattern())) {
      var all = jars.iterator();
      return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Where the CLI keeps an emulator and how it is started. */
  private record Component(
      String name, String folder, String pattern, String mainClass, List<String> arguments) {
    static final Component FIRESTORE =
        new Component(
            "cloud-firestore-emulator",
            "cloud-firestore-emulator",
            "cloud-firestore-emulator*.jar",
            "com.google.cloud.datastore.emulator.firestore.CloudFirestore",
            List.of("start"));
    static final Component PUBSUB =
        new Component(
            "pubsub-emulator",
            "pubsub-emulator/lib",
            "cloud-pubsub-emulator-*-all.jar",
            "com.google.cloud.pubsub.testing.v1.Main",
            List.of());
  }
}
