package io.tda.worker.bench.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tda.worker.bench.image.ImageCheck.Effort;
import io.tda.worker.bench.image.Training.Work;
import io.tda.worker.bench.stack.ServiceApp;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The services start from the layout of their images, and from nothing that does not fit it. */
class ImageIT {
  private static DoubleCloud cloud;

  @BeforeAll
  static void start() throws IOException {
    cloud = DoubleCloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @ParameterizedTest
  @EnumSource
  void service_startsFromItsCacheAndDoesItsWork(ImageTarget target) throws Exception {
    var check = ImageCheck.of(target.app(), cloud, Effort.QUICK);

    assertThat(check.cachedMillis()).isLessThan(check.plainMillis());
    assertThat(check.rssMebibytes()).isBetween(50L, 400L);
    assertThat(check.cacheBytes()).isGreaterThan(10 << 20);
  }

  @Test
  void service_doesNotStart_withACacheOfOtherFlags() throws Exception {
    var app = ServiceApp.dispatcher();
    var cache = Training.train(app, cloud);
    var otherCollector = List.of("-XX:+UseZGC", "-XX:AOTCache=" + cache, "-XX:AOTMode=on");

    assertThatThrownBy(
            () -> StartUp.of(app, otherCollector, cloud.environment(), Work.of(app, cloud), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not start");
    assertThat(Files.exists(cache)).isTrue();
  }
}
