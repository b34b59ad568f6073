package io.tda.worker.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of the contracts, as a checkout has them. */
final class Contracts {
  private static final Path ROOT = Path.of("..", "contracts").toAbsolutePath().normalize();

  private Contracts() {}

  /** The names of all test vectors. */
  static List<String> vectors() {
    try (var folders = Files.list(ROOT.resolve("test-vectors"))) {
      return folders.map(folder -> String.valueOf(folder.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path file(String... names) {
    return ROOT.resolve(String.join("/", names));
  }

  /** A copy of a folder, since an execution writes its report beside its inputs. */
  static Path copy(Path folder, Path target) {
    try (var files = Files.walk(folder)) {
      for (var file : files.toList()) {
        var copy = target.resolve(folder.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
