package io.tda.worker.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimIdsTest {
  private static final Instant NOW = Instant.parse("2025-12-24T06:10:00.123Z");

  @Test
  void next_hasTheLayoutOfVersion7() {
    var uuid = UUID.fromString(idsAt(NOW, 7).next().value());

    assertThat(uuid.version()).isEqualTo(7);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void next_usesAllRandomBits() {
    var ids = idsAt(NOW, 7);
    long high = 0;
    long low = 0;
    for (int i = 0; i < 200; i++) {
      var uuid = UUID.fromString(ids.next().value());
      high |= uuid.getMostSignificantBits();
      low |= uuid.getLeastSignificantBits();
    }

    assertThat(high & 0xfffL).isEqualTo(0xfffL);
    assertThat(low).isEqualTo(0xbfff_ffff_ffff_ffffL);
  }

  @Test
  void next_sortsByTime() {
    var ids =
        IntStream.range(0, 1_000)
            .mapToObj(i -> idsAt(NOW.plusMillis(i), i).next().value())
            .toList();

    assertThat(ids).isSorted();
  }

  @Test
  void next_repeats_whenClockAndSeedDo() {
    assertThat(idsAt(NOW, 7).next()).isEqualTo(idsAt(NOW, 7).next());
    assertThat(idsAt(NOW, 7).next()).isNotEqualTo(idsAt(NOW, 8).next());
  }

  @Test
  void next_neverRepeatsWithinAMillisecond() {
    var ids = idsAt(NOW, 7);

    assertThat(IntStream.range(0, 10_000).mapToObj(_ -> ids.next())).doesNotHaveDuplicates();
  }

  private static ClaimIds idsAt(Instant time, long seed) {
    return new ClaimIds(InstantSource.fixed(time), new SplittableRandom(seed));
  }
}
