package io.tda.worker.adapter.directory;

import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.ArtifactStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class DirectoryArtifactStoreContractTest extends ArtifactStoreContract {
  @TempDir private Path directory;
  private ArtifactStore store;

  @BeforeEach
  void open() throws IOException {
    store = DirectoryArtifactStore.open(directory);
  }

  @Override
  protected ArtifactStore store() {
    return store;
  }

  @Override
  protected String bucket() {
    return "test-bucket";
  }
}
