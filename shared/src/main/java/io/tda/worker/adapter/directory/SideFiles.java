package io.tda.worker.adapter.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.json.JsonFields;
import io.tda.worker.json.JsonType;
import io.tda.worker.json.Sha256;
import io.tda.worker.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What is known of objects besides their content, each in a file of its own, named by the object
 * and its generation. So an object and its side file can never belong to different writers, and an
 * object that a person put there simply has none.
 */
final class SideFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "json", "application/json",
          "png", "image/png",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "webp", "image/webp",
          "md", "text/markdown",
          "txt", "text/plain");

  private final Path folder;

  SideFiles(Path folder) {
    this.folder = folder;
  }

  /** The content of a side file. */
  record Properties(String contentType, Map<String, String> metadata) {}

  /** A hash, because the object's own name may be too long for a file, or look like a side file. */
  Path of(GcsUri uri, long generation) {
    return folder.resolve(Sha256.hex(uri.toString().getBytes(UTF_8)) + "-" + generation + ".json");
  }

  static byte[] bytes(GcsUri uri, Properties properties) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("gcs_uri", uri.toString());
    json.put("contentType", properties.contentType());
    properties.metadata().forEach(json.putObject("metadata")::put);
    return json.toString().getBytes(UTF_8);
  }

  /** What is known of this generation; guessed by its name where there is no side file. */
  Properties read(GcsUri uri, long generation) throws IOException {
    try {
      return StrictJson.parse(Files.readAllBytes(of(uri, generation)))
              instanceof StrictJson.Result.Parsed(ObjectNode json)
          ? properties(uri, json)
          : guess(uri);
    } catch (NoSuchFileException e) {
      return guess(uri);
    }
  }

  private static Properties properties(GcsUri uri, ObjectNode json) {
    var fields = new JsonFields(json, "", (_, _) -> {});
    var contentType = fields.optional("contentType", JsonType.TEXT);
    var metadata = new LinkedHashMap<String, String>();
    json.path("metadata")
        .properties()
        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
    return contentType == null ? guess(uri) : new Properties(contentType, metadata);
  }

  private static Properties guess(GcsUri uri) {
    var extension = uri.name().substring(uri.name().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return new Properties(TYPES.getOrDefault(extension, "application/octet-stream"), Map.of());
  }
}
