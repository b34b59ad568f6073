package io.tda.worker.emulator.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.emulator.storage.StoredBlob.Body;
import io.tda.worker.emulator.storage.StoredBlob.ObjectId;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Uploads: {@code /upload/storage/v1/b/BUCKET/o}, whole or resumable. */
final class UploadRoutes {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectTable table;
  private final Map<String, ResumableUpload> uploads = new ConcurrentHashMap<>();

  UploadRoutes(ObjectTable table) {
    this.table = table;
  }

  StorageReply handle(StorageRequest request) throws IOException {
    var id = request.query().getOrDefault("upload_id", "");
    return switch (request.method()) {
      case "POST" -> start(request);
      case "PUT" -> {
        var upload = uploads.get(id);
        yield upload == null
            ? StorageReply.error(404)
            : upload.take(request.header("Content-Range"), request.body());
      }
      // 499 is how Cloud Storage confirms that an upload is given up.
      case "DELETE" -> StorageReply.error(uploads.remove(id) == null ? 404 : 499);
      default -> StorageReply.error(405);
    };
  }

  private StorageReply start(StorageRequest request) throws IOException {
    return switch (request.query().getOrDefault("uploadType", "")) {
      case "media" -> {
        var properties = properties(new byte[0], request.header("Content-Type"));
        yield insert(request, new Body(properties, request.body()));
      }
      case "multipart" -> {
        var parts = MultipartRelated.parse(request.header("Content-Type"), request.body());
        if (parts.isEmpty()) {
          yield StorageReply.error(400);
        }
        var properties = properties(parts.get().properties(), parts.get().contentType());
        yield insert(request, new Body(properties, parts.get().content()));
      }
      case "resumable" -> open(request);
      default -> StorageReply.error(400);
    };
  }

  private StorageReply open(StorageRequest request) throws IOException {
    if (!table.hasBucket(request.path().get(4))) {
      return StorageReply.error(404);
    }
    var id = UUID.randomUUID().toString();
    var properties = properties(request.body(), request.header("X-Upload-Content-Type"));
    uploads.put(id, new ResumableUpload(properties, body -> insert(request, body)));
    var place = "http://" + request.header("Host") + "/" + String.join("/", request.path());
    return StorageReply.empty(
        200, Map.of("Location", place + "?uploadType=resumable&upload_id=" + id));
  }

  private StorageReply insert(StorageRequest request, Body body) {
    var name = request.query().getOrDefault("name", body.properties().path("name").asText());
    if (name.isEmpty() || !body.isIntact()) {
      return StorageReply.error(400);
    }
    var id = new ObjectId(request.path().get(4), name);
    return ObjectRoutes.metadata(table.insert(id, Conditions.of(request.query()), body));
  }

  private static ObjectNode properties(byte[] json, String contentType) throws IOException {
    var properties =
        json.length == 0
            ? JsonNodeFactory.instance.objectNode()
            : MAPPER.readValue(json, ObjectNode.class);
    if (!properties.hasNonNull("contentType") && !contentType.isEmpty()) {
      properties.put("contentType", contentType);
    }
    return properties;
  }
}
