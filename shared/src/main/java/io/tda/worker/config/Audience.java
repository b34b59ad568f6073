package io.tda.worker.config;

/** Who reads a variable. */
enum Audience {
  BOTH("both"),
  DISPATCHER("dispatcher"),
  EXECUTOR("executor");

  private final String label;

  Audience(String label) {
    this.label = label;
  }

  boolean includes(Audience role) {
    return this == BOTH || this == role;
  }

  @Override
  public String toString() {
    return label;
  }
}
