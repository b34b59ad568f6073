package io.tda.worker.adapter.directory;

import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.CreateResult;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.ReadResult;
import io.tda.worker.artifact.StoredObject;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Objects as plain files: {@code gs://bucket/x} is {@code DIR/bucket/x}. Files that a person put
 * there are objects like others.
 *
 * <p>A generation is the file's modification time in microseconds. It is set when the file is
 * written, stays when the file gets its name, and leads to the side file with content type and
 * metadata.
 *
 * <p>What Cloud Storage can and a directory cannot: an object below the name of another one, a part
 * of a name that is longer than 255 bytes, and on a file system that ignores case two names that
 * differ in case only: there the second is taken for the first, and its creation refused.
 */
public final class DirectoryArtifactStore implements ArtifactStore {
  private final ObjectPaths paths;
  private final SideFiles sideFiles;
  private final CreateOnlyFiles files;

  private DirectoryArtifactStore(ObjectPaths paths, CreateOnlyFiles files) {
    this.paths = paths;
    this.sideFiles = new SideFiles(paths.sideFiles());
    this.files = files;
  }

  /**
   * The store in this directory, which is made where it is missing.
   *
   * @throws IOException if there is no such directory and none can be made
   */
  public static DirectoryArtifactStore open(Path directory) throws IOException {
    return open(directory, CreateOnlyFiles.Disk.SYNCED);
  }

  static DirectoryArtifactStore open(Path directory, CreateOnlyFiles.Disk disk) throws IOException {
    var paths = ObjectPaths.in(directory);
    return new DirectoryArtifactStore(paths, new CreateOnlyFiles(paths, disk));
  }

  /** The file of an object, for people; whether it is there or not. */
  public Path path(GcsUri uri) {
    return paths.of(uri, ErrorCode.GCS_READ_FAILED);
  }

  @Override
  public Optional<StoredObject> find(GcsUri uri) {
    try {
      return Optional.ofNullable(stat(uri, path(uri)));
    } catch (IOException e) {
      throw Faults.reading(uri, e);
    }
  }

  @Override
  public ReadResult read(GcsUri uri, long maxBytes) {
    var file = path(uri);
    try {
      var object = stat(uri, file);
      if (object == null) {
        return new ReadResult.Missing();
      }
      return object.bytes() > maxBytes
          ? new ReadResult.TooLarge(object.bytes())
          : content(object, file, maxBytes);
    } catch (NoSuchFileException e) {
      return new ReadResult.Missing();
    } catch (IOException e) {
      throw Faults.reading(uri, e);
    }
  }

  /** A file that grows after its size was asked for is not followed beyond the limit. */
  private static ReadResult content(StoredObject object, Path file, long maxBytes)
      throws IOException {
    try (var stream = Files.newInputStream(file)) {
      var content = stream.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
      return content.length > maxBytes
          ? new ReadResult.TooLarge(Files.size(file))
          : new ReadResult.Found(object, content);
    }
  }

  @Override
  public CreateResult create(
      GcsUri uri, byte[] content, String contentType, Map<String, String> metadata) {
    var file = paths.of(uri, ErrorCode.GCS_WRITE_FAILED);
    if (paths.isBlocked(file)) {
      throw misplaced(uri);
    }
    var properties = new SideFiles.Properties(contentType, metadata);
    try {
      var taken = attributes(file);
      if (taken.isPresent()) {
        if (taken.get().isRegularFile()) {
          return new CreateResult.AlreadyExists();
        }
        throw misplaced(uri);
      }
      var generation =
          files.create(
              file,
              content,
              candidate -> sideFiles.of(uri, candidate),
              SideFiles.bytes(uri, properties));
      return generation.isPresent()
          ? new CreateResult.Created(generation.getAsLong())
          : new CreateResult.AlreadyExists();
    } catch (IOException e) {
      throw Faults.writing(uri, paths.root(), content.length, e);
    }
  }

  private @Nullable StoredObject stat(GcsUri uri, Path file) throws IOException {
    if (paths.isBlocked(file)) {
      return null;
    }
    var attributes = attributes(file).filter(BasicFileAttributes::isRegularFile);
    if (attributes.isEmpty()) {
      return null;
    }
    var generation = CreateOnlyFiles.generation(attributes.get().lastModifiedTime());
    var properties = sideFiles.read(uri, generation);
    return new StoredObject(
        uri, attributes.get().size(), generation, properties.contentType(), properties.metadata());
  }

  /** Of one moment: asked one by one, a file could come between two of them. */
  private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    try {
      return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static StepException misplaced(GcsUri uri) {
    return Faults.terminal(
        ErrorCode.GCS_WRITE_FAILED, "another file or folder has the object's place", uri, null);
  }
}
