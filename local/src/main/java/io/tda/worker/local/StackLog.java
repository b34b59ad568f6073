package io.tda.worker.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Keeps what a dev stack's services write to stdout in a file, for other commands of this checkout.
 * The file lies beside the stack's own, is named after the process that owns the stack, and goes
 * with it.
 */
final class StackLog implements AutoCloseable {
  /** The variable that leads other commands to it. */
  static final String VARIABLE = "WORKER_LOG_FILE";

  private static final Pattern NAME = Pattern.compile("dev-stack-(\\d+)\\.jsonl");

  private final Path file;
  private final BufferedWriter out;

  private StackLog(Path file, BufferedWriter out) {
    this.file = file;
    this.out = out;
  }

  /** Begins one, and removes those of stacks that were killed. */
  static StackLog begin(Path folder) {
    try {
      Files.createDirectories(folder);
      removeAbandoned(folder);
      var file = folder.resolve("dev-stack-" + ProcessHandle.current().pid() + ".jsonl");
      return new StackLog(file, Files.newBufferedWriter(file, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeAbandoned(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var old : files.toList()) {
        var name = NAME.matcher(String.valueOf(old.getFileName()));
        if (name.matches()
            && ProcessHandle.of(Long.parseLong(name.group(1)))
                .filter(ProcessHandle::isAlive)
                .isEmpty()) {
          Files.deleteIfExists(old);
        }
      }
    }
  }

  Path file() {
    return file;
  }

  /** Adds a line of a service; it can be read at once. */
  synchronized void append(@SuppressWarnings("unused") String service, String line) {
    try {
      out.write(line + "\n");
      out.flush();
    } catch (IOException e) {
      // Closed already, or the disk is full: the lines are shown all the same.
    }
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
