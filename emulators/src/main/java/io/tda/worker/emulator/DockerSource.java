package io.tda.worker.emulator;

import java.util.List;
import java.util.Map;

/**
 * Stands before {@link TestcontainersSource}: Testcontainers is on the class path of tests and not
 * on that of the command line.
 */
final class DockerSource implements EmulatorSource {
  private static final String TESTCONTAINERS =
      "org.testcontainers.gcloud.FirestoreEmulatorContainer";
  static final String NAME = "docker";

  private DockerSource() {}

  static EmulatorSource of(Map<String, String> environment) {
    try {
      Class.forName(TESTCONTAINERS, false, DockerSource.class.getClassLoader());
      return new TestcontainersSource(environment);
    } catch (ClassNotFoundException e) {
      return new DockerSource();
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Attempt start(EmulatorKind kind, List<String> options) {
    return new Attempt.Unavailable("Docker is only used by tests");
  }
}
