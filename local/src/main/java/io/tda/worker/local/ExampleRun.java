package io.tda.worker.local;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The example run of the contracts, which comes on the class path. */
public final class ExampleRun {
  private static final String FOLDER = "/contracts/example-run";
  private static final String CHART =
      "/artifacts/demo-artifacts/runs/20251224-061000_LINKUSDT_demo92/charts/4h/candles_volume_v1"
          + "/20251224-061012_LINKUSDT_4h_candles_volume_v1.png";

  private ExampleRun() {}

  /** Copies the example run's files into an empty folder. */
  public static void copyTo(Path target) throws IOException {
    var source = location();
    if (!source.getScheme().equals("jar")) {
      copy(Path.of(source), target);
      return;
    }
    try (var jar = FileSystems.newFileSystem(source, Map.of())) {
      copy(jar.getPath(FOLDER), target);
    }
  }

  /** One of its chart images. */
  static byte[] chart() throws IOException {
    try (var stream = ExampleRun.class.getResourceAsStream(FOLDER + CHART)) {
      if (stream == null) {
        throw new IllegalStateException("the example run is not on the class path");
      }
      return stream.readAllBytes();
    }
  }

  private static URI location() {
    var url = ExampleRun.class.getResource(FOLDER + "/flow_run.json");
    if (url == null) {
      throw new IllegalStateException("the example run is not on the class path");
    }
    try {
      return url.toURI().toString().startsWith("jar:")
          ? url.toURI()
          : URI.create(url.toURI().toString().replaceAll("/flow_run\\.json$", ""));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path source, Path target) throws IOException {
    try (var files = Files.walk(source)) {
      for (var file : files.toList()) {
        var copy = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }
}
