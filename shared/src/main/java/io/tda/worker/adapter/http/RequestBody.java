package io.tda.worker.adapter.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;

/** Reads a request's body within a size and a time, and not a byte further. */
record RequestBody(int maxBytes, Duration maxTime, InstantSource clock) {
  private static final int CHUNK = 16 * 1024;

  /** What became of it. */
  sealed interface Result {

    /** All of it. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Read(byte[] bytes) implements Result {}

    /** It has more bytes than it may. */
    record TooLarge() implements Result {}

    /** Its bytes came too slowly. */
    record TooSlow() implements Result {}
  }

  /**
   * Reads the body.
   *
   * @param announced the length that the header names; negative where it names none
   */
  Result read(long announced, InputStream in) throws IOException {
    if (announced > maxBytes) {
      return new Result.TooLarge();
    }
    var deadline = clock.instant().plus(maxTime);
    var bytes = new ByteArrayOutputStream(announced > 0 ? (int) announced : CHUNK);
    var chunk = new byte[CHUNK];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      if (bytes.size() + n > maxBytes) {
        return new Result.TooLarge();
      }
      bytes.write(chunk, 0, n);
      // Silence is the server's to end; this ends a trickle.
      if (clock.instant().isAfter(deadline)) {
        return new Result.TooSlow();
      }
    }
    return new Result.Read(bytes.toByteArray());
  }
}
