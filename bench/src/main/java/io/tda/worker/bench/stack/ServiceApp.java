package io.tda.worker.bench.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One of the services as it is shipped: a folder with a thin jar, its libraries below it, and
 * perhaps a cache for a fast start.
 */
public record ServiceApp(String name, Path folder, String mainClass) {

  private static final Map<String, String> MAIN_CLASSES =
      Map.of(
          "dispatcher",
          "io.tda.worker.dispatcher.DispatcherMain",
          "executor",
          "io.tda.worker.executor.ExecutorMain");

  /** The dispatcher. */
  public static ServiceApp dispatcher() {
    return of("dispatcher");
  }

  /** The executor. */
  public static ServiceApp executor() {
    return of("executor");
  }

  /**
   * The service in this folder.
   *
   * @throws IllegalStateException where it is not there
   */
  public static ServiceApp in(Path folder, String name) {
    var mainClass = MAIN_CLASSES.get(name);
    if (mainClass == null) {
      throw new IllegalStateException("no service is called " + name);
    }
    var app = new ServiceApp(name, folder.toAbsolutePath().normalize(), mainClass);
    if (!Files.isRegularFile(app.jar())) {
      throw new IllegalStateException("the " + name + " is not built: no " + app.jar());
    }
    return app;
  }

  /** The option that has a JVM read the flags of the images. */
  public static String jvmOptions() {
    return "@" + root().resolve("deploy").resolve("jvm.options").toAbsolutePath().normalize();
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
  private static ServiceApp of(String name) {
    var build = System.getProperty("worker.bench.build");
    var folder =
        build == null
            ? root().resolve(name).resolve("target").resolve("app")
            : Path.of(build).resolve(name);
    return in(folder, name);
  }

  private static Path root() {
    return Path.of(System.getProperty("worker.bench.root", ".."));
  }
}
