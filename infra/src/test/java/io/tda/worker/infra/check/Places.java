package io.tda.worker.infra.check;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the checkout is. Maven runs tests in the module's folder, an IDE in the checkout's. */
public final class Places {
  private static final Path ROOT =
      Files.isDirectory(Path.of("terraform"))
          ? Path.of("").toAbsolutePath()
          : Path.of("..").toAbsolutePath().normalize();

  private Places() {}

  /** A file or folder of the checkout. */
  public static Path of(String path) {
    return ROOT.resolve(path);
  }
}
