package io.tda.worker.emulator;

/** The services that can be emulated. */
public enum EmulatorKind {
  FIRESTORE("Firestore", "FIRESTORE_EMULATOR_HOST"),
  PUBSUB("Pub/Sub", "PUBSUB_EMULATOR_HOST"),
  STORAGE("Cloud Storage", "STORAGE_EMULATOR_HOST");

  private final String title;
  private final String variable;

  EmulatorKind(String title, String variable) {
    this.title = title;
    this.variable = variable;
  }

  /** The service's name for people. */
  public String title() {
    return title;
  }

  /** The environment variable that leads Google's clients to an emulator. */
  public String variable() {
    return variable;
  }
}
