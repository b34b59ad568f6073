package io.tda.worker.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads what a person names on the command line; says in one line what is wrong with it. */
final class InputFiles {
  /** More than any document may have: Firestore takes 1 MiB, an artifact of ours far less. */
  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private InputFiles() {}

  /** The bytes of a file. */
  static byte[] bytes(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw CliException.badInput(file, "is a directory, not a file");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw CliException.badInput(file, "is larger than " + MAX_BYTES + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw CliException.badInput(file, "does not exist");
    } catch (IOException e) {
      throw CliException.badInput(file, "cannot be read");
    }
  }

  /** A file's JSON value. */
  static JsonNode json(Path file) {
    return switch (StrictJson.parse(bytes(file))) {
      case StrictJson.Result.Parsed(var value) -> value;
      case StrictJson.Result.Malformed(var reason) -> throw CliException.badInput(file, reason);
    };
  }

  /** A file's JSON object. */
  static ObjectNode object(Path file) {
    if (json(file) instanceof ObjectNode object) {
      return object;
    }
    throw CliException.badInput(file, "(document): must be an object");
  }

  /**
   * The files that an argument names: itself, or all that match where it is a pattern that the
   * shell left as it was. Plain bash does that to {@code **}.
   */
  static List<Path> expand(String argument) {
    int wildcard = firstWildcard(argument);
    if (wildcard < 0 || Files.exists(Path.of(argument))) {
      return List.of(Path.of(argument));
    }
    int slash = argument.lastIndexOf('/', wildcard);
    var root = Path.of(slash < 0 ? "." : argument.substring(0, slash + 1));
    var pattern = slash < 0 ? "./" + argument : argument;
    var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    try (var files = Files.walk(root)) {
      var matches = files.filter(matcher::matches).filter(Files::isRegularFile).sorted().toList();
      if (!matches.isEmpty()) {
        return matches;
      }
    } catch (IOException | UncheckedIOException e) {
      // No such folder: nothing matches.
    }
    throw CliException.badInput(argument, "matches no file");
  }

  private static int firstWildcard(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("*?[{".indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** The JSON files of a folder, by name; none where there is no such folder. */
  static List<Path> jsonFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw CliException.badInput(folder, "cannot be read");
    }
  }
}
