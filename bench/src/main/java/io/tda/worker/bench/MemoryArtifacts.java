package io.tda.worker.bench;

import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.CreateResult;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.ReadResult;
import io.tda.worker.artifact.StoredObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Objects in this process's memory, so that a measurement shows the worker and not a disk. */
final class MemoryArtifacts implements ArtifactStore {
  private final Map<GcsUri, ReadResult.Found> objects = new ConcurrentHashMap<>();
  private final AtomicLong generations = new AtomicLong();

  @Override
  public Optional<StoredObject> find(GcsUri uri) {
    return Optional.ofNullable(objects.get(uri)).map(ReadResult.Found::object);
  }

  @Override
  public ReadResult read(GcsUri uri, long maxBytes) {
    var found = objects.get(uri);
    if (found == null) {
      return new ReadResult.Missing();
    }
    return found.content().length > maxBytes
        ? new ReadResult.TooLarge(found.content().length)
        : new ReadResult.Found(found.object(), found.content().clone());
  }

  @Override
  public CreateResult create(
      GcsUri uri, byte[] content, String contentType, Map<String, String> metadata) {
    var object =
        new StoredObject(
            uri, content.length, generations.incrementAndGet(), contentType, Map.copyOf(metadata));
    return objects.putIfAbsent(uri, new ReadResult.Found(object, content.clone())) == null
        ? new CreateResult.Created(object.generation())
        : new CreateResult.AlreadyExists();
  }

  /** Removes an object, whatever its generation. */
  void forget(GcsUri uri) {
    objects.remove(uri);
  }
}
