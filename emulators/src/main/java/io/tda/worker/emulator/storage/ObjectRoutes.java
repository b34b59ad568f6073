package io.tda.worker.emulator.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.emulator.storage.ObjectTable.Outcome;
import io.tda.worker.emulator.storage.StoredBlob.ObjectId;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Buckets, objects and their content: {@code /storage/v1/b/BUCKET/o/NAME}. */
final class ObjectRoutes {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  private final ObjectTable table;

  ObjectRoutes(ObjectTable table) {
    this.table = table;
  }

  /**
   * Answers a request.
   *
   * @param path the segments after {@code /storage/v1/b}
   */
  StorageReply handle(List<String> path, StorageRequest request) throws IOException {
    return switch (path.size()) {
      case 0 -> createBucket(request);
      case 1 -> bucket(path.getFirst());
      case 2 -> list(path.getFirst(), request);
      default -> object(new ObjectId(path.getFirst(), path.get(2)), request);
    };
  }

  /** The answer that shows an object's metadata. */
  static StorageReply metadata(Outcome outcome) {
    return reply(outcome, blob -> StorageReply.json(blob.json()));
  }

  private StorageReply createBucket(StorageRequest request) throws IOException {
    if (!request.method().equals("POST")) {
      return StorageReply.error(405);
    }
    var name = MAPPER.readValue(request.body(), ObjectNode.class).path("name").asText();
    return table.createBucket(name) ? bucket(name) : StorageReply.error(409);
  }

  private StorageReply bucket(String name) {
    if (!table.hasBucket(name)) {
      return StorageReply.error(404);
    }
    var json = JsonNodeFactory.instance.objectNode();
    return StorageReply.json(json.put("kind", "storage#bucket").put("id", name).put("name", name));
  }

  private StorageReply list(String bucket, StorageRequest request) {
    if (!table.hasBucket(bucket)) {
      return StorageReply.error(404);
    }
    var json = JsonNodeFactory.instance.objectNode().put("kind", "storage#objects");
    var items = json.putArray("items");
    for (var blob : table.list(bucket, request.query().getOrDefault("prefix", ""))) {
      items.add(blob.json());
    }
    return StorageReply.json(json);
  }

  private StorageReply object(ObjectId id, StorageRequest request) throws IOException {
    var conditions = Conditions.of(request.query());
    var generation = request.generation();
    return switch (request.method()) {
      case "GET" -> {
        var found = table.find(id, generation, conditions);
        yield request.isMedia()
            ? reply(found, blob -> media(blob, request.header("Range")))
            : metadata(found);
      }
      case "PATCH" -> {
        var changes = MAPPER.readValue(request.body(), ObjectNode.class);
        yield metadata(table.patch(id, generation, conditions, changes));
      }
      case "DELETE" ->
          reply(table.delete(id, generation, conditions), _ -> StorageReply.empty(204, Map.of()));
      default -> StorageReply.error(405);
    };
  }

  private static StorageReply media(StoredBlob blob, String rangeHeader) {
    var content = blob.body().content();
    var headers = blob.headers();
    var range = RANGE.matcher(rangeHeader);
    if (!range.matches()) {
      return new StorageReply(200, headers, content);
    }
    int from = Integer.parseInt(range.group(1));
    if (from >= content.length) {
      return StorageReply.error(416);
    }
    int last =
        range.group(2).isEmpty()
            ? content.length - 1
            : (int) Math.min(content.length - 1, Long.parseLong(range.group(2)));
    headers.put("Content-Range", "bytes " + from + "-" + last + "/" + content.length);
    return new StorageReply(206, headers, Arrays.copyOfRange(content, from, last + 1));
  }

  private static StorageReply reply(Outcome outcome, Function<StoredBlob, StorageReply> done) {
    return switch (outcome) {
      case Outcome.Done(var blob) -> done.apply(blob);
      case Outcome.Absent() -> StorageReply.error(404);
      case Outcome.Refused() -> StorageReply.error(412);
      case Outcome.Unchanged() -> StorageReply.empty(304, Map.of());
    };
  }
}
