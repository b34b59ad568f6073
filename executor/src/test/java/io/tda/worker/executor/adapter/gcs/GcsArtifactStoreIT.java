package io.tda.worker.executor.adapter.gcs;

import static org.junit.jupiter.api.Assumptions.abort;

import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.ArtifactStoreContract;
import io.tda.worker.emulator.Emulator;
import io.tda.worker.emulator.EmulatorKind;
import io.tda.worker.emulator.EmulatorLauncher;
import io.tda.worker.emulator.EmulatorSource.Attempt;
import io.tda.worker.emulator.storage.StorageBuckets;
import java.util.HashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract, against a storage server that is not ours: the one at {@code
 * STORAGE_EMULATOR_HOST}, or fake-gcs-server in Docker. Skipped where there is neither.
 */
class GcsArtifactStoreIT extends ArtifactStoreContract {
  private static final String BUCKET = "contract-" + UUID.randomUUID();
  private static @Nullable Emulator emulator;
  private static GcsArtifactStore store;

  @BeforeAll
  static void start() {
    var environment = new HashMap<>(System.getenv());
    environment.merge(
        EmulatorLauncher.CHOICE, "hosts,docker", (chosen, all) -> chosen.replace("built-in", ""));
    var launcher = EmulatorLauncher.of(environment, System.err::println);
    switch (launcher.start(EmulatorKind.STORAGE)) {
      case Attempt.Started(var started) -> emulator = started;
      case Attempt.Unavailable(var reason) -> abort(reason);
    }
    StorageBuckets.create(emulator.host(), BUCKET);
    store = GcsArtifactStore.connect("p-1", emulator.host());
  }

  @AfterAll
  static void stop() {
    if (emulator != null) {
      emulator.close();
    }
  }

  @Override
  protected ArtifactStore store() {
    return store;
  }

  @Override
  protected String bucket() {
    return BUCKET;
  }
}
