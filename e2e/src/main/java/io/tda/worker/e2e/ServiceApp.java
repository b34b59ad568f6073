package io.tda.worker.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** The two services, as the build lays them out. */
public enum ServiceApp {
  DISPATCHER("dispatcher", "io.tda.worker.dispatcher.DispatcherMain"),
  EXECUTOR("executor", "io.tda.worker.executor.ExecutorMain");

  /** The project's folder, where this process was not started in it or below it. */
  static final String ROOT_PROPERTY = "worker.root";

  private final String module;
  private final String mainClass;

  ServiceApp(String module, String mainClass) {
    this.module = module;
    this.mainClass = mainClass;
  }

  /** The name that its log lines have in {@code component}. */
  public String component() {
    return module;
  }

  String mainClass() {
    return mainClass;
  }

  /** The thin jar, whose manifest names its libraries. */
  Path jar() {
    var jar = root().resolve(module).resolve("target/app/worker-" + module + ".jar");
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "there is no " + module + " to start: mvn package -pl dispatcher,executor -am");
    }
    return jar;
  }

  /**
   * The flags as in production, as one argument of {@code java}. The AOT cache is not among them:
   * it only makes the start faster.
   */
  static String jvmOptions() {
    return "@" + root().resolve("deploy/jvm.options");
  }

  private static Path root() {
    var folder = Path.of(System.getProperty(ROOT_PROPERTY, "")).toAbsolutePath();
    for (var at = folder; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("contracts"))
          && Files.isDirectory(at.resolve("dispatcher"))) {
        return at;
      }
    }
    throw new IllegalStateException("not inside the project: set -D" + ROOT_PROPERTY);
  }
}
