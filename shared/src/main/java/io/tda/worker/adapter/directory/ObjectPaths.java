package io.tda.worker.adapter.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where objects lie: {@code gs://bucket/name} is {@code DIR/bucket/name}, and nothing else is.
 * Names that would lead out of the directory, by themselves or through a symbolic link, are
 * refused.
 *
 * <p>The store's own files lie in folders whose names begin with a dot, as no bucket's name does.
 *
 * @param root the directory itself, absolute and without symbolic links
 */
record ObjectPaths(Path root) {
  /** What Linux, macOS and Windows allow; an object's whole name may have four times as many. */
  private static final int MAX_SEGMENT_BYTES = 255;

  private static final Pattern SLASH = Pattern.compile("/");
  private static final String NO_FILE_NAME = "the object's name cannot be a file's name here";

  /** The directory as a root for objects; it is made where it is missing. */
  static ObjectPaths in(Path directory) throws IOException {
    return new ObjectPaths(Files.createDirectories(directory).toRealPath());
  }

  /** Files that are being written. On the same file system as the objects, or links fail. */
  Path incoming() {
    return root.resolve(".incoming");
  }

  /** What is known of objects besides their content. */
  Path sideFiles() {
    return root.resolve(".meta");
  }

  /** Held by a process that creates an object where there are no hard links. */
  Path lock() {
    return root.resolve(".lock");
  }

  /**
   * The object's file.
   *
   * @param code the fault's code where there can be no such file
   */
  Path of(GcsUri uri, ErrorCode code) {
    try {
      var bucket = root.resolve(uri.bucket());
      var file = bucket.resolve(uri.name()).normalize();
      // A backslash separates names too on some systems.
      if (!file.startsWith(bucket) || !isInside(file)) {
        throw Faults.terminal(code, "the object's path leads out of the directory", uri, null);
      }
      if (hasTooLongSegment(uri.name())) {
        throw Faults.terminal(code, NO_FILE_NAME, uri, null);
      }
      return file;
    } catch (InvalidPathException e) {
      throw Faults.terminal(code, NO_FILE_NAME, uri, e);
    } catch (IOException e) {
      throw code == ErrorCode.GCS_READ_FAILED
          ? Faults.reading(uri, e)
          : Faults.writing(uri, root, 0, e);
    }
  }

  /** Whether something that is not a folder lies where the file needs one. */
  boolean isBlocked(Path file) {
    var folder = file.getParent();
    while (folder != null && !folder.equals(root)) {
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        return true;
      }
      folder = folder.getParent();
    }
    return false;
  }

  private static boolean hasTooLongSegment(String name) {
    return SLASH
        .splitAsStream(name)
        .anyMatch(segment -> segment.getBytes(UTF_8).length > MAX_SEGMENT_BYTES);
  }

  /** What does not exist yet is inside if the nearest folder above it that does exist is. */
  private boolean isInside(Path file) throws IOException {
    for (var path = file; path != null && !path.equals(root); path = path.getParent()) {
      if (Files.exists(path)) {
        return path.toRealPath().startsWith(root);
      }
      if (Files.isSymbolicLink(path)) {
        return false;
      }
    }
    return true;
  }
}
