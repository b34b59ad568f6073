package io.tda.worker.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CanaryTest {
  @ParameterizedTest
  @EnumSource(Canary.class)
  void in_findsTheWord_plainAndAtEachPlaceOfBase64(Canary canary) {
    assertThat(Canary.in("{\"a\":\"" + canary.word() + "\"}")).contains(canary);
    for (var before : new String[] {"", "1", "12", "123"}) {
      var bytes = (before + canary.word() + "after").getBytes(UTF_8);
      assertThat(Canary.in(Base64.getEncoder().encodeToString(bytes))).contains(canary);
    }
    assertThat(Canary.in("cloud_event_received")).isEmpty();
  }
}
