package io.tda.worker.local;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class ProjectVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"worker-llm-client " + text()};
  }

  static String text() {
    var version = ProjectVersion.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
