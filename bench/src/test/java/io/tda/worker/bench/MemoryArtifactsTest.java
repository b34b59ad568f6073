package io.tda.worker.bench;

import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.ArtifactStoreContract;

/** The store of the measurements behaves like any other. */
final class MemoryArtifactsTest extends ArtifactStoreContract {
  private final MemoryArtifacts store = new MemoryArtifacts();

  @Override
  protected ArtifactStore store() {
    return store;
  }

  @Override
  protected String bucket() {
    return "bench-bucket";
  }
}
