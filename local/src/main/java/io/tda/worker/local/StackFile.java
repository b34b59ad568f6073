package io.tda.worker.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tda.worker.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells other commands of this checkout where the running dev stack is. It names the process that
 * owns the stack, so that what a killed one left behind counts for nothing.
 */
final class StackFile {
  private final Path file;

  private StackFile(Path file) {
    this.file = file;
  }

  /** In the folder where the launcher keeps its builds; in the working directory without one. */
  static StackFile ofThisCheckout() {
    return new StackFile(folder().resolve("dev-stack.json"));
  }

  /** The folder of what a checkout's commands tell each other. */
  static Path folder() {
    return Path.of(System.getProperty("worker.state", ".worker")).toAbsolutePath();
  }

  /** Writes it for this process. */
  void write(Map<String, String> variables) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("pid", ProcessHandle.current().pid());
    var all = json.putObject("variables");
    new TreeMap<>(variables).forEach(all::put);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var part = Files.createTempFile(file.toAbsolutePath().getParent(), "dev-stack", ".part");
      Files.writeString(part, json.toString(), UTF_8);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The variables of a stack that runs. */
  Optional<Map<String, String>> read() {
    try {
      if (StrictJson.parse(Files.readAllBytes(file)) instanceof StrictJson.Result.Parsed(var json)
          && ProcessHandle.of(json.path("pid").asLong())
              .filter(ProcessHandle::isAlive)
              .isPresent()) {
        var variables = new TreeMap<String, String>();
        json.path("variables")
            .properties()
            .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
        return Optional.of(variables);
      }
    } catch (IOException e) {
      // No such file: nothing runs.
    }
    return Optional.empty();
  }

  /** Removes it, if it is this process's own. */
  void remove() {
    try {
      if (StrictJson.parse(Files.readAllBytes(file)) instanceof StrictJson.Result.Parsed(var json)
          && json.path("pid").asLong() == ProcessHandle.current().pid()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // It was removed already.
    }
  }
}
