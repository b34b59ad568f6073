package io.tda.worker.emulator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One request, read whole and decoded.
 *
 * @param path decoded segments; an object's name is one of them, slashes and all
 * @param body without its gzip encoding
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StorageRequest(
    String method, List<String> path, Map<String, String> query, Headers headers, byte[] body) {

  static StorageRequest read(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    // The client's HTTP library has no PATCH; it sends POST and this header.
    var override = headers.getFirst("X-HTTP-Method-Override");
    var method = override == null ? exchange.getRequestMethod() : override;
    var path = exchange.getRequestURI().getRawPath().substring(1);
    return new StorageRequest(
        method.toUpperCase(Locale.ROOT),
        Arrays.stream(path.split("/", -1)).map(StorageRequest::decodeSegment).toList(),
        query(exchange.getRequestURI().getRawQuery()),
        headers,
        body(exchange));
  }

  /** Which kind of call this is, for fault hooks and counts. */
  StorageCall call() {
    if (method.equals("DELETE")) {
      return StorageCall.DELETE;
    }
    return switch (path.getFirst()) {
      case "upload" -> StorageCall.UPLOAD;
      case "download" -> StorageCall.DOWNLOAD;
      default -> isMedia() ? StorageCall.DOWNLOAD : StorageCall.METADATA;
    };
  }

  /** Whether the content is asked for and not the metadata. */
  boolean isMedia() {
    return "media".equals(query.get("alt"));
  }

  @Nullable Long generation() {
    var text = query.get("generation");
    return text == null ? null : Long.valueOf(text);
  }

  String header(String name) {
    var value = headers.getFirst(name);
    return value == null ? "" : value;
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    var encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    try (var raw = exchange.getRequestBody()) {
      return "gzip".equalsIgnoreCase(encoding)
          ? new GZIPInputStream(raw).readAllBytes()
          : raw.readAllBytes();
    }
  }

  private static Map<String, String> query(@Nullable String raw) {
    var query = new HashMap<String, String>();
    if (raw != null) {
      for (var pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
      }
    }
    return query;
  }

  private static String decodeSegment(String raw) {
    return decode(raw.replace("+", "%2B")); // a plus is a space in a query only
  }

  private static String decode(String raw) {
    return URLDecoder.decode(raw, UTF_8);
  }
}
