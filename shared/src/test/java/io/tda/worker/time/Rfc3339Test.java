package io.tda.worker.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Rfc3339Test {

  @ParameterizedTest
  @CsvSource({
    "2025-12-24T06:10:00Z,2025-12-24T06:10:00.000Z",
    "2025-12-24T06:10:00.1Z,2025-12-24T06:10:00.100Z",
    "2025-12-24T23:59:59.999999999Z,2025-12-24T23:59:59.999Z",
    "2025-12-24T06:10:00+02:00,2025-12-24T04:10:00.000Z",
    "0001-01-01T00:00:00Z,0001-01-01T00:00:00.000Z"
  })
  void format_isUtcWithMilliseconds_cutOffAndNotRounded(String time, String text) {
    assertThat(Rfc3339.format(Instant.parse(time))).isEqualTo(text);
  }

  /** What the formatter of the platform says, digit by digit. */
  @Test
  void format_agreesWithThePlatform_inAllYears() {
    var platform =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    var random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      var time =
          Instant.ofEpochSecond(
              random.nextLong(-100_000_000_000L, 400_000_000_000L), random.nextInt(1_000_000_000));
      assertThat(Rfc3339.format(time)).isEqualTo(platform.format(time));
    }
    assertThat(Rfc3339.format(Instant.parse("0000-01-01T00:00:00Z")))
        .isEqualTo("0000-01-01T00:00:00.000Z");
    assertThat(Rfc3339.format(Instant.parse("9999-12-31T23:59:59.999999999Z")))
        .isEqualTo("9999-12-31T23:59:59.999Z");
  }
}
