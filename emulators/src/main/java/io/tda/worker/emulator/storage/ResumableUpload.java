package io.tda.worker.emulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.emulator.storage.StoredBlob.Body;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An upload that comes in several requests; each of them may come twice. */
final class ResumableUpload {
  /** {@code bytes 0-99/200}, {@code bytes 0-99/*}, or {@code bytes *}{@code /200} to ask. */
  private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(\\d+|\\*)");

  private final ObjectNode properties;
  private final Function<Body, StorageReply> insert;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private @Nullable StorageReply reply;

  /**
   * An upload of which nothing has come yet.
   *
   * @param insert makes the object once all is there
   */
  ResumableUpload(ObjectNode properties, Function<Body, StorageReply> insert) {
    this.properties = properties;
    this.insert = insert;
  }

  /** Takes a piece, or tells how much is there. */
  synchronized StorageReply take(String contentRange, byte[] piece) {
    var range = RANGE.matcher(contentRange.isEmpty() ? "bytes 0-0/" + piece.length : contentRange);
    if (!range.matches()) {
      return StorageReply.error(400);
    }
    if (reply == null && range.group(1) != null) {
      append(Integer.parseInt(range.group(1)), piece);
    }
    if (reply == null && range.group(2).equals(Integer.toString(received.size()))) {
      reply = insert.apply(new Body(properties, received.toByteArray()));
    }
    // Kept: whoever missed the last answer asks again and gets the same.
    return reply == null ? incomplete() : reply;
  }

  private void append(int start, byte[] piece) {
    int known = received.size() - start; // the part of a repeated piece that is there already
    if (known >= 0 && known < piece.length) {
      received.write(piece, known, piece.length - known);
    }
  }

  private StorageReply incomplete() {
    int size = received.size();
    return StorageReply.empty(308, size == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (size - 1)));
  }
}
