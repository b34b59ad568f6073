package io.tda.worker.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Off has to cost nothing at start-up: not one class of OpenTelemetry. */
final class TelemetryOffTest {

  @Test
  void off_needsNoClassOfOpenTelemetry() throws Exception {
    try (var loader = withoutOpenTelemetry()) {
      var telemetry = of(loader, Map.of());

      assertThat(telemetry.getClass().getSimpleName()).isEqualTo("NoTelemetry");
    }
  }

  @Test
  void on_doesNeedThem_orTheTestAboveWouldProveNothing() throws IOException {
    try (var loader = withoutOpenTelemetry()) {
      assertThatThrownBy(() -> of(loader, Map.of("OTEL_TRACES_EXPORTER", "otlp")))
          .hasRootCauseInstanceOf(ClassNotFoundException.class);
    }
  }

  private static Object of(ClassLoader loader, Map<String, String> environment)
      throws ReflectiveOperationException {
    var telemetry = loader.loadClass(Telemetry.class.getName());
    var identity = loader.loadClass(Identity.class.getName());
    var log = loader.loadClass("io.tda.worker.log.EventLogger");
    return telemetry
        .getMethod("of", Map.class, identity, log)
        .invoke(null, environment, null, null);
  }

  private static URLClassLoader withoutOpenTelemetry() {
    var urls =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("opentelemetry"))
            .map(TelemetryOffTest::url)
            .toArray(URL[]::new);
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
