package io.tda.worker.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.emulator.OwnSession;
import io.tda.worker.json.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A service as a child of this process. Its lines are passed on; one of them tells its port. */
final class ServiceChild {
  /** A service ends within 8 s when it is told to. */
  private static final Duration GRACE = Duration.ofSeconds(12);

  private static final List<String> JAVA_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx512m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final String name;
  private final Process process;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  private ServiceChild(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Starts the class's {@code main} on this process's own class path.
   *
   * @param environment all that the service sees of it
   * @param lines takes the service's name and each line it writes
   */
  static ServiceChild start(
      String name,
      Class<?> main,
      Map<String, String> environment,
      BiConsumer<String, String> lines) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JAVA_OPTIONS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    var builder = new ProcessBuilder(OwnSession.of(command)).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      var child = new ServiceChild(name, builder.start());
      child.process.getOutputStream().close();
      Thread.ofPlatform().daemon().name("log of " + name).start(() -> child.read(lines));
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  /** The port it serves on; fails when the service ends before it serves. */
  CompletableFuture<Integer> port() {
    return port;
  }

  /** Its exit code, once it has ended. */
  CompletableFuture<Integer> exit() {
    return exit;
  }

  /** Tells it to end; returns at once. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end, and forces it after a while. */
  void awaitEnd() {
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      // Its last lines are on the way to whoever follows them.
      exit.completeOnTimeout(-1, 2, TimeUnit.SECONDS).join();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void read(BiConsumer<String, String> lines) {
    try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(name, line);
        if (!port.isDone()) {
          readPort(line);
        }
      }
    } catch (IOException e) {
      // The pipe broke; the process has ended or will be ended.
    } finally {
      var code = process.onExit().join().exitValue();
      port.completeExceptionally(
          new IllegalStateException("the " + name + " ended with exit code " + code));
      exit.complete(code);
    }
  }

  private void readPort(String line) {
    if (StrictJson.parse(line) instanceof StrictJson.Result.Parsed(var json)
        && json.path("event").asText().equals("service_started")) {
      port.complete(json.path("port").asInt());
    }
  }
}
