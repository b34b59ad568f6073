package io.tda.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a text with a file that is kept, byte for byte. */
final class Golden {
  private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

  private Golden() {}

  static void assertMatches(String name, String actual) {
    var file = DIRECTORY.resolve(name);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
      }
      var test = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
      var command =
          "mvn -pl executor -am test -Dgolden.update=true -Dtest="
              + test.getCallerClass().getSimpleName();
      assertThat(file).as("made by: %s", command).exists();
      assertThat(actual)
          .as("%s differs; if that is right: %s", file, command)
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
