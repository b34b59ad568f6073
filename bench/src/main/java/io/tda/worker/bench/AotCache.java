package io.tda.worker.bench;

import io.tda.worker.bench.stack.ServiceApp;
import io.tda.worker.bench.stack.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cache that lets a service start fast: the one it is shipped with, or one trained here. */
final class AotCache implements AutoCloseable {
  private static final int TRAINING = 5;

  private final Path file;
  private final boolean ours;

  private AotCache(Path file, boolean ours) {
    this.file = file;
    this.ours = ours;
  }

  /** One piece of work for a service that runs. */
  @FunctionalInterface
  interface Work {
    void doOn(ServiceProcess service) throws Exception;
  }

  /** A cache for this service; training takes some seconds and pieces of work. */
  static AotCache of(ServiceApp app, Map<String, String> environment, Work work) throws Exception {
    if (Files.isRegularFile(app.aotCache())) {
      return new AotCache(app.aotCache(), false);
    }
    var file = Files.createTempDirectory("worker-aot-").resolve(app.name() + ".aot");
    var options = new ArrayList<>(Stack.FLAGS);
    options.add("-XX:AOTCacheOutput=" + file);
    try (var service =
        ServiceProcess.start(ServiceProcess.command(app, options), environment, _ -> {})) {
      for (int i = 0; i < TRAINING; i++) {
        work.doOn(service);
      }
    }
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException("the " + app.name() + " left no AOT cache");
    }
    return new AotCache(file, true);
  }

  /** The options of a start that uses it, and fails where the cache does not fit. */
  List<String> options() {
    var options = new ArrayList<>(Stack.FLAGS);
    options.add("-XX:AOTCache=" + file);
    options.add("-XX:AOTMode=on");
    return options;
  }

  @Override
  public void close() throws IOException {
    if (ours) {
      Files.deleteIfExists(file);
    }
  }
}
