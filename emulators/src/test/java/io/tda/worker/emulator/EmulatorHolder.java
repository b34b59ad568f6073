package io.tda.worker.emulator;

import java.io.IOException;

/** A process that has an emulator and waits until it is killed. */
final class EmulatorHolder {
  private EmulatorHolder() {}

  public static void main(String[] arguments) throws IOException {
    var launcher = EmulatorLauncher.of(System.getenv(), line -> {});
    launcher.require(EmulatorKind.PUBSUB);
    System.out.println("started");
    System.out.flush();
    System.in.transferTo(System.err);
  }
}
