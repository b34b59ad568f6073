package io.tda.worker.artifact;

import java.util.Map;
import java.util.Optional;

/**
 * The port to object storage. Objects are created once and never overwritten. {@code
 * ArtifactStoreContract} says what every implementation must do.
 *
 * <p>Faults are thrown as {@code StepException} with {@code GCS_READ_FAILED} or {@code
 * GCS_WRITE_FAILED}; denied access makes them terminal. Implementations are safe for use by many
 * threads.
 */
public interface ArtifactStore {

  /** Looks an object up without its content: one round trip. */
  Optional<StoredObject> find(GcsUri uri);

  /**
   * Reads a whole object: one round trip for its size, one more for its content.
   *
   * @param maxBytes the largest size that is fetched
   */
  ReadResult read(GcsUri uri, long maxBytes);

  /**
   * Reads the content of an object and nothing else: one round trip, one more for an object that is
   * too large.
   *
   * @param maxBytes the largest size that is kept
   */
  default ContentResult content(GcsUri uri, long maxBytes) {
    return switch (read(uri, maxBytes)) {
      case ReadResult.Found(_, var bytes) -> new ContentResult.Content(bytes);
      case ReadResult.Missing() -> new ContentResult.Missing();
      case ReadResult.TooLarge(var bytes) -> new ContentResult.TooLarge(bytes);
    };
  }

  /**
   * Creates an object, atomically: nobody sees a part of it, and of many callers one creates it.
   * One round trip; safe to repeat.
   */
  CreateResult create(GcsUri uri, byte[] content, String contentType, Map<String, String> metadata);
}
