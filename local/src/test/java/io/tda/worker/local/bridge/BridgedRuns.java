package io.tda.worker.local.bridge;

import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import io.tda.worker.emulator.Emulator;
import io.tda.worker.emulator.EmulatorKind;
import io.tda.worker.emulator.EmulatorLauncher;
import io.tda.worker.local.bridge.EventarcBridge.Settings;
import io.tda.worker.local.bridge.EventarcBridge.Watched;
import io.tda.worker.time.Backoff;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;

/** A Firestore emulator, and a bridge that watches one project's runs at a time. */
final class BridgedRuns implements AutoCloseable {
  private static final Backoff SOON =
      new Backoff.Uniform(Duration.ofMillis(10), Duration.ofMillis(20));

  // All addresses: the emulator may run in a container.
  private final EventarcBridge bridge =
      EventarcBridge.listen(
          new InetSocketAddress(0).getAddress(), new Settings(1, BridgeFaults.NONE, SOON));
  private final Emulator emulator =
      EmulatorLauncher.of(System.getenv(), System.out::println)
          .require(EmulatorKind.FIRESTORE, bridge.emulatorOption());

  /** What sees the changes. */
  enum By {
    /** The emulator, which then sends events. */
    EMULATOR,
    /** A listener, as for an emulator that somebody else started. */
    LISTENER
  }

  /** A project of its own, watched from now on. */
  Project project(By by) {
    var id = "p-" + UUID.randomUUID();
    var seen =
        switch (by) {
          case EMULATOR -> emulator;
          case LISTENER -> given(emulator);
        };
    bridge.watch(seen, new Watched(id, "(default)", "flow_runs"));
    var firestore =
        FirestoreOptions.newBuilder().setProjectId(id).setEmulatorHost(emulator.host()).build();
    return new Project(id, firestore.getService());
  }

  /** A connection to a project. */
  record Project(String id, Firestore firestore) implements AutoCloseable {
    DocumentReference run(String run) {
      return firestore.collection("flow_runs").document(run);
    }

    @Override
    public void close() {
      firestore.shutdownNow();
    }
  }

  private static Emulator given(Emulator emulator) {
    var source = EmulatorKind.FIRESTORE.variable();
    return new Emulator(
        emulator.kind(), emulator.host(), emulator.callbackHost(), source, emulator.end());
  }

  EventarcBridge bridge() {
    return bridge;
  }

  @Override
  public void close() {
    bridge.close();
    emulator.close();
  }
}
