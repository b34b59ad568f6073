package io.tda.worker.executor.adapter.gcs;

import static io.tda.worker.flow.ErrorCode.GCS_READ_FAILED;
import static io.tda.worker.flow.ErrorCode.GCS_WRITE_FAILED;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.ContentResult;
import io.tda.worker.artifact.CreateResult;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.ReadResult;
import io.tda.worker.artifact.StoredObject;
import io.tda.worker.flow.ErrorCode;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts in Google Cloud Storage, over its JSON API. Retries are the client's own: every call
 * here can be repeated safely, the create because it has a precondition and its content in memory.
 */
public final class GcsArtifactStore implements ArtifactStore {
  private static final int UNBUFFERED = 0;
  private static final String UNREADABLE = "the content cannot be read";

  private final Storage reader;
  private final Storage writer;

  private GcsArtifactStore(Storage reader, Storage writer) {
    this.reader = reader;
    this.writer = writer;
  }

  /**
   * A store with the bounds of production: 20 s for a read, 60 s for a write.
   *
   * @param emulatorHost the value of {@code STORAGE_EMULATOR_HOST}, with or without a scheme; null
   *     for Cloud Storage itself, with the application default credentials
   */
  public static GcsArtifactStore connect(String projectId, @Nullable String emulatorHost) {
    return connect(projectId, emulatorHost, GcsCallBounds.READ, GcsCallBounds.WRITE);
  }

  static GcsArtifactStore connect(
      String projectId, @Nullable String emulatorHost, GcsCallBounds read, GcsCallBounds write) {
    return new GcsArtifactStore(
        client(projectId, emulatorHost, read), client(projectId, emulatorHost, write));
  }

  @Override
  public Optional<StoredObject> find(GcsUri uri) {
    return lookUp(uri, GCS_READ_FAILED);
  }

  @Override
  public ReadResult read(GcsUri uri, long maxBytes) {
    var found = lookUp(uri, GCS_READ_FAILED);
    if (found.isEmpty()) {
      return new ReadResult.Missing();
    }
    var object = found.get();
    return object.bytes() > maxBytes ? new ReadResult.TooLarge(object.bytes()) : download(object);
  }

  /** Asks for the content at once: one that is too long is noticed while it comes, and let go. */
  @Override
  public ContentResult content(GcsUri uri, long maxBytes) {
    try {
      var content = start(uri, maxBytes);
      return content.length <= maxBytes
          ? new ContentResult.Content(content)
          : lookUp(uri, GCS_READ_FAILED)
              .<ContentResult>map(
                  object -> new ContentResult.TooLarge(Math.max(object.bytes(), content.length)))
              .orElseGet(ContentResult.Missing::new);
    } catch (StorageException e) {
      if (e.getCode() == GcsFault.NOT_FOUND) {
        return new ContentResult.Missing();
      }
      throw GcsFault.of(GCS_READ_FAILED, uri, e);
    }
  }

  /**
   * The content up to one byte over the limit. The client keeps to one generation, also where it
   * has to ask again for the rest.
   */
  private byte[] start(GcsUri uri, long maxBytes) {
    try (var channel = reader.reader(id(uri), BlobSourceOption.shouldReturnRawInputStream(true))) {
      channel.setChunkSize(UNBUFFERED);
      return Channels.newInputStream(channel)
          .readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
    } catch (IOException e) {
      throw e.getCause() instanceof StorageException fault
          ? fault
          : new StorageException(0, UNREADABLE, e);
    }
  }

  @Override
  public CreateResult create(
      GcsUri uri, byte[] content, String contentType, Map<String, String> metadata) {
    var info = BlobInfo.newBuilder(id(uri)).setContentType(contentType).setMetadata(metadata);
    try {
      var blob = writer.create(info.build(), content, BlobTargetOption.doesNotExist());
      return new CreateResult.Created(blob.getGeneration());
    } catch (StorageException e) {
      // Cloud Storage turns away a second change of one name within a second before it looks at
      // the precondition: the first one may have made the object.
      if (e.getCode() == GcsFault.PRECONDITION_FAILED
          || (e.getCode() == GcsFault.TOO_MANY_REQUESTS
              && lookUp(uri, GCS_WRITE_FAILED).isPresent())) {
        return new CreateResult.AlreadyExists();
      }
      throw GcsFault.of(GCS_WRITE_FAILED, uri, e);
    }
  }

  private Optional<StoredObject> lookUp(GcsUri uri, ErrorCode code) {
    try {
      return Optional.ofNullable(reader.get(id(uri))).map(blob -> stored(uri, blob));
    } catch (StorageException e) {
      throw GcsFault.of(code, uri, e);
    }
  }

  private ReadResult download(StoredObject object) {
    var uri = object.uri();
    var id = BlobId.of(uri.bucket(), uri.name(), object.generation());
    try {
      // Raw: what is stored is what was measured. A gzipped object must not unfold past the limit.
      var content = reader.readAllBytes(id, BlobSourceOption.shouldReturnRawInputStream(true));
      return new ReadResult.Found(object, content);
    } catch (StorageException e) {
      if (e.getCode() != GcsFault.NOT_FOUND) {
        throw GcsFault.of(GCS_READ_FAILED, uri, e);
      }
      if (lookUp(uri, GCS_READ_FAILED).isPresent()) {
        throw GcsFault.replaced(uri);
      }
      return new ReadResult.Missing();
    }
  }

  private static StoredObject stored(GcsUri uri, Blob blob) {
    var contentType = Objects.requireNonNullElse(blob.getContentType(), "");
    return new StoredObject(uri, blob.getSize(), blob.getGeneration(), contentType, metadata(blob));
  }

  private static Map<String, String> metadata(Blob blob) {
    var metadata = new HashMap<String, String>();
    var given = blob.getMetadata();
    if (given != null) {
      given.forEach((key, value) -> metadata.put(key, Objects.requireNonNullElse(value, "")));
    }
    return metadata;
  }

  private static BlobId id(GcsUri uri) {
    return BlobId.of(uri.bucket(), uri.name());
  }

  private static Storage client(
      String projectId, @Nullable String emulatorHost, GcsCallBounds bounds) {
    var options =
        StorageOptions.http()
            .setProjectId(projectId)
            .setRetrySettings(bounds.retrySettings())
            .setTransportOptions(bounds.transportOptions());
    if (emulatorHost != null) {
      var url = emulatorHost.contains("://") ? emulatorHost : "http://" + emulatorHost;
      options.setHost(url).setCredentials(NoCredentials.getInstance());
    }
    return options.build().getService();
  }
}
