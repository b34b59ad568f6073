package io.tda.worker.adapter.firestore;

import io.tda.worker.adapter.firestore.FirestoreDocumentStore.Limits;
import io.tda.worker.emulator.Emulator;
import io.tda.worker.emulator.EmulatorKind;
import io.tda.worker.emulator.EmulatorLauncher;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One Firestore emulator for all tests of a JVM, ended with it. */
public final class FirestoreEmulator {
  private static @Nullable Emulator emulator;

  private FirestoreEmulator() {}

  /**
   * A store on the emulator; the first call starts it, or finds one. Its limits are wide: on a
   * machine that builds other things too, everything may stand still for a while.
   */
  public static FirestoreDocumentStore connect() {
    var patience = new Limits(Duration.ofMinutes(1), Duration.ofMinutes(1));
    return FirestoreDocumentStore.connect("test-project", "(default)", host(), patience);
  }

  /** What {@code FIRESTORE_EMULATOR_HOST} has to be. */
  public static synchronized String host() {
    if (emulator == null) {
      var started =
          EmulatorLauncher.of(System.getenv(), System.err::println).require(EmulatorKind.FIRESTORE);
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      emulator = started;
    }
    return emulator.host();
  }
}
