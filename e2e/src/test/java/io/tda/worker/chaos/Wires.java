package io.tda.worker.chaos;

import io.tda.worker.e2e.Platform;
import io.tda.worker.emulator.EmulatorKind;
import java.util.List;
import java.util.Map;

/** All wires of one process. */
record Wires(Wire firestore, Wire pubsub, Wire storage, Wire model) implements AutoCloseable {

  static Wires to(Platform platform) {
    return new Wires(
        Wire.to(platform.firestore().host()),
        Wire.to(platform.pubsub().host()),
        Wire.to(platform.storage().endpoint().getAuthority()),
        Wire.to(platform.model().endpoint().getAuthority()));
  }

  /** What the process has to be told so that it uses them. */
  Map<String, String> environment() {
    return Map.of(
        EmulatorKind.FIRESTORE.variable(),
        firestore.host(),
        EmulatorKind.PUBSUB.variable(),
        pubsub.host(),
        EmulatorKind.STORAGE.variable(),
        "http://" + storage.host(),
        "GEMINI_BASE_URL",
        "http://" + model.host());
  }

  List<Wire> all() {
    return List.of(firestore, pubsub, storage, model);
  }

  @Override
  public void close() {
    all().forEach(Wire::close);
  }
}
