package io.tda.worker.bench.stack;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One of the services as it is shipped: a folder with a thin jar, its libraries below it, and
 * perhaps a cache for a fast start.
 */
public record ServiceApp(String name, Path folder, String mainClass) {

  /** The dispatcher. */
  public static ServiceApp dispatcher() {
    return of("dispatcher", "io.tda.worker.dispatcher.DispatcherMain");
  }

  /** The executor. */
  public static ServiceApp executor() {
    return of("executor", "io.tda.worker.executor.ExecutorMain");
  }

  /** The jar whose manifest names all others. */
  public Path jar() {
    return folder.resolve("worker-" + name + ".jar");
  }

  /** Where a cache for a fast start lies, if one was made. */
  public Path aotCache() {
    return folder.resolve(name + ".aot");
  }

  /** In the build that {@code ./worker bench} made, or in the checkout's target folders. */
  private static ServiceApp of(String name, String mainClass) {
    var build = System.getProperty("worker.bench.build");
    var root = Path.of(System.getProperty("worker.bench.root", ".."));
    var folder =
        build == null
            ? root.resolve(name).resolve("target").resolve("app")
            : Path.of(build).resolve(name);
    var app = new ServiceApp(name, folder.toAbsolutePath().normalize(), mainClass);
    if (!Files.isRegularFile(app.jar())) {
      throw new IllegalStateException("the " + name + " is not built: no " + app.jar());
    }
    return app;
  }
}
