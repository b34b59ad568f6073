package io.tda.worker.executor.adapter.gcs;

import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.ArtifactStoreContract;
import io.tda.worker.emulator.storage.LocalStorageServer;
import io.tda.worker.emulator.storage.StorageBuckets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, against the built-in storage server. */
class GcsArtifactStoreContractTest extends ArtifactStoreContract {
  private static LocalStorageServer server;
  private static GcsArtifactStore store;

  @BeforeAll
  static void start() throws Exception {
    server = LocalStorageServer.start();
    StorageBuckets.create(server.endpoint().toString(), "contract-1");
    store = GcsArtifactStore.connect("p-1", server.endpoint().toString());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected ArtifactStore store() {
    return store;
  }

  @Override
  protected String bucket() {
    return "contract-1";
  }
}
