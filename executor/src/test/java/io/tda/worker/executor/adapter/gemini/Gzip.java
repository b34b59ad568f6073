package io.tda.worker.executor.adapter.gemini;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Bodies that are small on the wire and large when unpacked. */
final class Gzip {
  private Gzip() {}

  /** That many spaces, compressed. */
  static byte[] spaces(long count) {
    var block = new byte[1 << 16];
    Arrays.fill(block, (byte) ' ');
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      for (long left = count; left > 0; left -= block.length) {
        zip.write(block, 0, (int) Math.min(left, block.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
