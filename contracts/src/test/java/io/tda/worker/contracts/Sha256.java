package io.tda.worker.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Hashes as the contracts define them, written a second time so that they check the worker's. */
final class Sha256 {
  private Sha256() {}

  static String of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Over the canonical JSON: sorted keys, no white space, UTF-8, non-ASCII as it is. */
  static String ofCanonical(JsonNode value) {
    return of(canonical(value).getBytes(UTF_8));
  }

  private static String canonical(JsonNode value) {
    if (value instanceof ObjectNode object) {
      var sorted = new TreeMap<String, String>();
      object.properties().forEach(entry -> sorted.put(entry.getKey(), canonical(entry.getValue())));
      return sorted.entrySet().stream()
          .map(entry -> object.textNode(entry.getKey()) + ":" + entry.getValue())
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(Sha256::canonical)
          .collect(Collectors.joining(",", "[", "]"));
    }
    return value.toString();
  }
}
