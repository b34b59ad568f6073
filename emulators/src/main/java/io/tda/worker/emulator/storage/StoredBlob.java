package io.tda.worker.emulator.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** One generation of one object. */
record StoredBlob(ObjectId id, Version version, Body body) {

  /** The place of an object. */
  record ObjectId(String bucket, String name) {}

  /** Which content and which metadata this is, and since when. */
  record Version(long generation, long metageneration, Instant created, Instant updated) {}

  /**
   * What a caller gave.
   *
   * @param properties the object resource's writable fields, such as contentType and metadata
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Body(ObjectNode properties, byte[] content) {

    String contentType() {
      return properties.path("contentType").asText("application/octet-stream");
    }

    String crc32c() {
      var crc = new CRC32C();
      crc.update(content);
      return base64(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    String md5() {
      try {
        return base64(MessageDigest.getInstance("MD5").digest(content));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Whether the checksums that came along, if any, are those of the content. */
    boolean isIntact() {
      return properties.path("crc32c").asText(crc32c()).equals(crc32c())
          && properties.path("md5Hash").asText(md5()).equals(md5());
    }

    private static String base64(byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
  }

  /** The object resource; 64-bit numbers are strings in it. */
  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.setAll(body.properties());
    json.put("kind", "storage#object")
        .put("id", id.bucket() + "/" + id.name() + "/" + version.generation())
        .put("bucket", id.bucket())
        .put("name", id.name())
        .put("generation", Long.toString(version.generation()))
        .put("metageneration", Long.toString(version.metageneration()))
        .put("contentType", body.contentType())
        .put("size", Long.toString(body.content().length))
        .put("crc32c", body.crc32c())
        .put("md5Hash", body.md5())
        .put("etag", version.generation() + "-" + version.metageneration())
        .put("storageClass", "STANDARD")
        .put("timeCreated", version.created().toString())
        .put("updated", version.updated().toString());
    return json;
  }

  /** The headers of an answer that carries the content. */
  Map<String, String> headers() {
    var headers = new TreeMap<String, String>();
    headers.put("Content-Type", body.contentType());
    headers.put("ETag", version.generation() + "-" + version.metageneration());
    headers.put("X-Goog-Generation", Long.toString(version.generation()));
    headers.put("X-Goog-Metageneration", Long.toString(version.metageneration()));
    headers.put("X-Goog-Hash", "crc32c=" + body.crc32c() + ",md5=" + body.md5());
    headers.put("X-Goog-Stored-Content-Length", Integer.toString(body.content().length));
    if (body.properties().hasNonNull("contentEncoding")) {
      headers.put("Content-Encoding", body.properties().path("contentEncoding").asText());
    }
    return headers;
  }
}
