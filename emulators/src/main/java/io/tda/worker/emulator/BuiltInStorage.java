package io.tda.worker.emulator;

import io.tda.worker.emulator.storage.LocalStorageServer;
import java.util.List;

/** The storage server of this project: always there, in this process. */
final class BuiltInStorage implements EmulatorSource {
  @Override
  public String name() {
    return "built-in";
  }

  @Override
  public Attempt start(EmulatorKind kind, List<String> options) {
    if (kind != EmulatorKind.STORAGE) {
      return new Attempt.Unavailable("there is no built-in " + kind.title() + " emulator");
    }
    var server = LocalStorageServer.start();
    return new Attempt.Started(
        new Emulator(
            kind,
            server.endpoint().toString(),
            Emulator.THIS_MACHINE,
            "the built-in storage server",
            server::close));
  }
}
