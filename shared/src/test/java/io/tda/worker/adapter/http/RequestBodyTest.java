package io.tda.worker.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

final class RequestBodyTest {
  private static final Duration TIME = Duration.ofSeconds(20);

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final RequestBody body = new RequestBody(10, TIME, () -> now);

  @Test
  void read_givesAll_whenItIsAsLongAsItMayBe() throws IOException {
    assertThat(body.read(10, bytes(10))).isInstanceOf(RequestBody.Result.Read.class);
    assertThat(body.read(-1, bytes(10))).isInstanceOf(RequestBody.Result.Read.class);
  }

  @Test
  void read_doesNotTouchTheBody_whenItsLengthIsAnnouncedAndTooLarge() throws IOException {
    var untouchable =
        stream(() -> {
          throw new AssertionError("was read");
        });
    assertThat(body.read(11, untouchable)).isInstanceOf(RequestBody.Result.TooLarge.class);
  }

  @Test
  void read_stopsAtTheLimit_whenTheLengthIsNotKnown() throws IOException {
    var endless = stream(() -> 4);
    assertThat(body.read(-1, endless)).isInstanceOf(RequestBody.Result.TooLarge.class);
  }

  @Test
  void read_givesUp_whenTheBytesTrickle() throws IOException {
    var trickle =
        stream(() -> {
          now = now.plusSeconds(9);
          return 1;
        });
    assertThat(body.read(-1, trickle)).isInstanceOf(RequestBody.Result.TooSlow.class);
  }

  private static InputStream bytes(int count) {
    return new ByteArrayInputStream(new byte[count]);
  }

  /** A stream that brings so many bytes at a time. */
  private static InputStream stream(IntSupplier counts) {
    return new InputStream() {
      @Override
      public int read() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int read(byte[] chunk, int offset, int length) {
        return counts.getAsInt();
      }
    };
  }
}
