package io.tda.worker.config;

import org.jspecify.annotations.Nullable;

/** Which services are emulated, each on its own. */
public record EmulatorConfig(Endpoint firestore, Endpoint pubsub, Endpoint storage) {

  /** Where a client of a Google service connects to. */
  public sealed interface Endpoint {

    /** To the service itself. */
    record GoogleCloud() implements Endpoint {}

    /**
     * To an emulator, in plain text and without credentials.
     *
     * @param hostAndPort such as {@code 127.0.0.1:8080}
     */
    record Emulator(String hostAndPort) implements Endpoint {}

    /** The address of an emulator; null for the service itself. */
    default @Nullable String emulatorHost() {
      return switch (this) {
        case GoogleCloud() -> null;
        case Emulator(var hostAndPort) -> hostAndPort;
      };
    }
  }
}
