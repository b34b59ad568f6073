package io.tda.worker.adapter.telemetry;

import io.tda.worker.adapter.directory.DirectoryArtifactStore;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.ArtifactStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What is traced does what it does untraced. */
class TracedArtifactStoreTest extends ArtifactStoreContract {
  @TempDir private Path directory;
  private ArtifactStore store;

  @BeforeEach
  void open() throws IOException {
    store =
        new RecordedTelemetry()
            .telemetry()
            .traced(DirectoryArtifactStore.open(directory), TracedArtifactStore::new);
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
