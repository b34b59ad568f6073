package io.tda.worker.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.gcloud.FirestoreEmulatorContainer;
import org.testcontainers.gcloud.PubSubEmulatorContainer;
import org.testcontainers.utility.DockerImageName;

/** Emulators in containers. They end with their process, Testcontainers sees to it. */
final class TestcontainersSource implements EmulatorSource {
  private static final String CLOUD_CLI = "gcr.io/google.com/cloudsdktool/google-cloud-cli";
  private static final String CLOUD_CLI_TAG = "441.0.0-emulators";
  private static final DockerImageName FAKE_GCS =
      DockerImageName.parse("fsouza/fake-gcs-server:1.52.2");
  private static final int FAKE_GCS_PORT = 4443;
  private static final String HOST_FROM_CONTAINER = "host.docker.internal";

  private final DockerImageName cloudCli;

  TestcontainersSource(Map<String, String> environment) {
    cloudCli =
        DockerImageName.parse(CLOUD_CLI)
            .withTag(environment.getOrDefault("EMULATOR_IMAGE_TAG", CLOUD_CLI_TAG));
  }

  @Override
  public String name() {
    return DockerSource.NAME;
  }

  @Override
  public boolean runsElsewhere() {
    return true;
  }

  @Override
  public Attempt start(EmulatorKind kind, List<String> options) {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return new Attempt.Unavailable("no Docker engine answers");
    }
    try {
      var image = kind == EmulatorKind.STORAGE ? FAKE_GCS : cloudCli;
      if (!DockerImages.has(image)) {
        return new Attempt.Unavailable("Docker cannot fetch " + image);
      }
      return new Attempt.Started(
          switch (kind) {
            case FIRESTORE -> firestore(options);
            case PUBSUB -> pubsub();
            case STORAGE -> storage();
          });
    } catch (RuntimeException e) { // whatever Docker and Testcontainers fail with
      return new Attempt.Unavailable("Docker cannot start its image");
    }
  }

  private Emulator firestore(List<String> options) {
    var flags = String.join(" ", options).replace(Emulator.THIS_MACHINE, HOST_FROM_CONTAINER);
    var container = start(new FirestoreEmulatorContainer(cloudCli).withFlags(flags));
    return emulator(EmulatorKind.FIRESTORE, container.getEmulatorEndpoint(), container);
  }

  private Emulator pubsub() {
    var container = start(new PubSubEmulatorContainer(cloudCli));
    return emulator(EmulatorKind.PUBSUB, container.getEmulatorEndpoint(), container);
  }

  private static Emulator storage() {
    var container =
        start(
            new GenericContainer<>(FAKE_GCS)
                .withCommand("-scheme", "http", "-backend", "memory")
                .withExposedPorts(FAKE_GCS_PORT));
    var url = "http://" + container.getHost() + ":" + container.getMappedPort(FAKE_GCS_PORT);
    announce(url);
    return emulator(EmulatorKind.STORAGE, url, container);
  }

  /** The server puts its own address into answers, and the port is only known now. */
  private static void announce(String url) {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(url + "/_internal/config"))
              .PUT(BodyPublishers.ofString("{\"externalUrl\":\"" + url + "\"}"))
              .build();
      client.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static <C extends GenericContainer<C>> C start(C container) {
    container.withExtraHost(HOST_FROM_CONTAINER, "host-gateway").start();
    return container;
  }

  private static Emulator emulator(EmulatorKind kind, String host, GenericContainer<?> container) {
    var source = "Docker image " + container.getDockerImageName();
    return new Emulator(kind, host, HOST_FROM_CONTAINER, source, container::stop);
  }
}
