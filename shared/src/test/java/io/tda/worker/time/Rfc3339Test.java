package io.tda.worker.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
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
}
