package io.tda.worker.adapter.directory;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what goes wrong with files into faults that name the object and never the file. */
final class Faults {
  private Faults() {}

  static StepException reading(GcsUri uri, IOException cause) {
    return cause instanceof AccessDeniedException
        ? terminal(ErrorCode.GCS_READ_FAILED, "no permission to read the object", uri, cause)
        : new StepException(
            error(ErrorCode.GCS_READ_FAILED, "the object could not be read", uri), cause);
  }

  /**
   * A failed write.
   *
   * @param bytes what was to be written
   */
  static StepException writing(GcsUri uri, Path root, long bytes, IOException cause) {
    var code = ErrorCode.GCS_WRITE_FAILED;
    if (cause instanceof AccessDeniedException || isReadOnly(root)) {
      return terminal(code, "no permission to write the object", uri, cause);
    }
    var message =
        isFull(root, bytes)
            ? "no space left to write the object"
            : "the object could not be written";
    return new StepException(error(code, message, uri), cause);
  }

  /** A fault that stays as long as the name or the directory does. */
  static StepException terminal(
      ErrorCode code, String message, GcsUri uri, @Nullable Throwable cause) {
    return new StepException(error(code, message, uri).terminal(), cause);
  }

  private static StepError error(ErrorCode code, String message, GcsUri uri) {
    return StepError.of(code, message, Map.of("gcs_uri", uri.toString()));
  }

  // Asked of the store and not taken from the exception's text, which is in the user's language.
  private static boolean isReadOnly(Path root) {
    return ask(root, FileStore::isReadOnly);
  }

  private static boolean isFull(Path root, long bytes) {
    return ask(root, store -> store.getUsableSpace() < bytes);
  }

  private static boolean ask(Path root, Question question) {
    try {
      return question.of(Files.getFileStore(root));
    } catch (IOException e) {
      return false;
    }
  }

  private interface Question {
    boolean of(FileStore store) throws IOException;
  }
}
