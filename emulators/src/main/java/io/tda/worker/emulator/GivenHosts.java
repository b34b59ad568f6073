package io.tda.worker.emulator;

import java.util.List;
import java.util.Map;

/** Emulators that run already: their hosts are in the usual environment variables. */
final class GivenHosts implements EmulatorSource {
  private final Map<String, String> environment;

  GivenHosts(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String name() {
    return "hosts";
  }

  @Override
  public Attempt start(EmulatorKind kind, List<String> options) {
    var host = environment.getOrDefault(kind.variable(), "").strip();
    if (host.isEmpty()) {
      return new Attempt.Unavailable(kind.variable() + " is not set");
    }
    // Not ours: it is neither given options nor ended.
    return new Attempt.Started(
        new Emulator(kind, host, Emulator.THIS_MACHINE, kind.variable(), () -> {}));
  }
}
