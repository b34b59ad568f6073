package io.tda.worker.adapter.firestore;

import io.tda.worker.emulator.Emulator;
import io.tda.worker.emulator.EmulatorKind;
import io.tda.worker.emulator.EmulatorLauncher;
import org.jspecify.annotations.Nullable;

/** One Firestore emulator for all tests of a JVM, ended with it. */
final class FirestoreEmulator {
  private static @Nullable Emulator emulator;

  private FirestoreEmulator() {}

  /** Its host and port; the first call starts it, or finds one. */
  static synchronized String host() {
    if (emulator == null) {
      var started =
          EmulatorLauncher.of(System.getenv(), System.err::println).require(EmulatorKind.FIRESTORE);
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      emulator = started;
    }
    return emulator.host();
  }
}
