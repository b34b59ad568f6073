package io.tda.worker.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@code ./worker dev} as a process of its own, and what it says. */
final class DevProcess implements AutoCloseable {
  /** Much for a quiet machine; enough for one that builds other things too. */
  private static final long PATIENCE_SECONDS = 180;

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();
  private final List<ProcessHandle> children = new ArrayList<>();

  private DevProcess(Process process) {
    this.process = process;
  }

  static DevProcess start(Path state, String... arguments) throws IOException {
    return start(state, Map.of(), arguments);
  }

  static DevProcess start(Path state, Map<String, String> environment, String... arguments)
      throws IOException {
    var command = new ArrayList<>(hearingInterrupts());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Dworker.state=" + state);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(WorkerCli.class.getName());
    command.add("dev");
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var dev = new DevProcess(builder.start());
    Thread.ofPlatform().daemon().start(dev::read);
    return dev;
  }

  /**
   * A shell that runs its children in the background lets them ignore SIGINT, and a JVM that was
   * started so ignores it too.
   */
  private static List<String> hearingInterrupts() {
    return Files.isExecutable(Path.of("/usr/bin/env"))
            && System.getProperty("os.name").equals("Linux")
        ? List.of("/usr/bin/env", "--default-signal=INT")
        : List.of();
  }

  private void read() {
    try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line that holds this text. */
  String await(String text) throws InterruptedException {
    for (var line = next(); line != null; line = next()) {
      seen.add(line);
      if (line.contains(text)) {
        process.descendants().filter(child -> !children.contains(child)).forEach(children::add);
        return line;
      }
    }
    throw new AssertionError("no line with '" + text + "' but:\n" + String.join("\n", seen));
  }

  private @Nullable String next() throws InterruptedException {
    return lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Sends a signal, such as {@code INT}, to this process or to one of its own. */
  static void signal(String name, ProcessHandle target) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(target.pid())).start().waitFor();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** The process that it started last: the executor. Command lines are too long to be told. */
  ProcessHandle newestChild() {
    return children.stream()
        .max(
            Comparator.comparing((ProcessHandle child) -> child.info().startInstant().orElseThrow())
                .thenComparingLong(ProcessHandle::pid))
        .orElseThrow();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still there; it said:\n" + String.join("\n", seen));
    }
    return process.exitValue();
  }

  /** Those of its processes that outlived it; one that was killed takes a moment. */
  List<ProcessHandle> orphans() {
    var moment =
        CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS));
    CompletableFuture.anyOf(
            moment,
            CompletableFuture.allOf(
                children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new)))
        .join();
    return children.stream().filter(ProcessHandle::isAlive).toList();
  }

  /** How many processes it had when a line was last waited for. */
  int children() {
    return children.size();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
